import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { checkTestFile } from '../../workload/check/index.ts';
import { readTestFile } from '../../workload/index.ts';
import { journeyJsonSchema, testJsonSchema } from '../../workload/schema/index.ts';
import { fixtureOptions } from './fixture-options.ts';
import { checkRules } from './rule-check.ts';

// Tests that use everything that Artillery 2.0.34 documents. Nothing may be found in them.

const CORPUS = 'test/fixtures/valid';
const JOURNEYS = /\/journeys\//;
const files = globSync([`${CORPUS}/**/*.{yml,json}`, 'artillery/**/*.yml']).toSorted();

/** Keys that only code of the test reads; an editor cannot know them. */
const KEYS_OF_CODE = [`${CORPUS}/engines/foreign.yml`, `${CORPUS}/http/keys-for-hooks.yml`];

/** Parts of a test, which Artillery would not run alone. */
const PARTS = [
  `${CORPUS}/config/only-config.yml`,
  `${CORPUS}/config/only-scenarios.yml`,
  `${CORPUS}/config/with-shared-config.yml`,
  `${CORPUS}/config/variables-of-the-command-line.yml`,
];

test('the corpus is there, and so are the files that this test treats apart', () => {
  expect(files.length).toBeGreaterThan(40);
  expect(files).toEqual(expect.arrayContaining([...KEYS_OF_CODE, ...PARTS]));
});

describe('nothing is found in', () => {
  test.each(files)('%s', (file) => {
    const options = fixtureOptions(file);
    const configFile = options.configFile && join(CORPUS, options.configFile);
    const { findings } = checkTestFile(file, { workers: 4, ...options, configFile, rules: checkRules });
    expect(findings).toEqual([]);
  });
});

describe('the JSON Schema accepts', () => {
  const ajv = new Ajv2020({ strict: false });
  const isTest = ajv.compile(testJsonSchema());
  const isJourney = ajv.compile(journeyJsonSchema());

  test.each(files.filter((file) => !KEYS_OF_CODE.includes(file) && !file.endsWith('targets.yml')))('%s', (file) => {
    const accepts = JOURNEYS.test(file) ? isJourney : isTest;
    const { content } = readTestFile(file);
    expect([accepts(content), accepts.errors ?? []]).toEqual([true, []]);
  });

  test.each(['unknown-key', 'unknown-step', 'wrong-type', 'impossible-value', 'missing-key', 'step-with-two-actions'])(
    'not the fixture of %s',
    (code) => {
      expect(isTest(readTestFile(`test/fixtures/faults/${code}/test.yml`).content)).toBe(false);
    },
  );

  test('mode: poisson, and not phasess', () => {
    const withConfig = (config: object) => ({ config: { target: 'http://127.0.0.1', ...config }, scenarios: [] });
    expect(isTest(withConfig({ phases: [{ duration: 1, arrivalRate: 1, mode: 'poisson' }] }))).toBe(true);
    expect(isTest(withConfig({ phasess: [] }))).toBe(false);
    expect(isTest(withConfig({ phases: [{ duration: -1, arrivalRate: 1 }] }))).toBe(false);
    expect(isTest(withConfig({ http: { timeoutt: 1 } }))).toBe(false);
  });

  test.each(['gett', 'headrs', 'iftrue'])('not the misspelling %s, which the schema of Artillery accepts', (key) => {
    const request = { url: '/', [key]: {} };
    const step = key === 'gett' ? { gett: { url: '/' } } : { get: request };
    expect(isTest({ config: { target: 'http://127.0.0.1' }, scenarios: [{ flow: [step] }] })).toBe(false);
  });

  test('nothing without a word of explanation', () => {
    expect(undescribed(testJsonSchema())).toEqual([]);
  });
});

describe("Artillery's own validation accepts", () => {
  const home = dirname(createRequire(import.meta.url).resolve('artillery/package.json'));
  const whole = files.filter((file) => !JOURNEYS.test(file) && !PARTS.includes(file) && !file.endsWith('targets.yml'));

  test.each(whole)('%s', async (file) => {
    const module = await import(pathToFileURL(join(home, 'dist/lib/util/validate-script.js')).href);
    expect(module.default(readTestFile(file).content)).toBeUndefined();
  });
});

/** The properties of a schema that have no description, by path: what a reader would hover over in vain. */
function undescribed(schema: object): string[] {
  const { $defs = {} } = schema as { $defs?: Record<string, object> };
  const described = (value: object): boolean => {
    if ('description' in value) return true;
    const name = '$ref' in value ? String(value.$ref).split('/').at(-1) : undefined;
    return name !== undefined && 'description' in ($defs[name] ?? {});
  };
  const below = (value: unknown, path: string): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    const own = 'properties' in value ? Object.entries(value.properties as Record<string, unknown>) : [];
    const missing = own.filter(
      ([, property]) => typeof property === 'object' && property !== null && !described(property),
    );
    const inner = Object.entries(value).flatMap(([key, part]) => below(part, `${path}/${key}`));
    return [...missing.map(([key]) => `${path}/${key}`), ...inner];
  };
  return below(schema, '').filter((path) => !path.startsWith('/if/'));
}
