import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { checkTestFile } from './index.ts';
import { checkText, shortForm, testWith } from './testing/check-text.ts';

const CORPUS = 'test/fixtures/valid';

describe('a file is taken for what it holds', () => {
  test.each([
    ['config/phases.yml', 'test'],
    ['config/only-config.yml', 'configuration'],
    ['http/journeys/reader.yml', 'journey'],
    ['http/journeys/sign-in.yml', 'journey'],
  ])('%s is a %s', (file, kind) => {
    expect(checkTestFile(`${CORPUS}/${file}`)).toMatchObject({ kind, findings: [] });
  });

  test.each(['just words\n', '- 1\n', '[]\n', 'a: 1\n', '', 'null\n'])('%j is no test', (text) => {
    expect(checkText(text)).toMatchObject([{ code: 'wrong-type' }]);
  });

  test('a list of allowed targets is none, and not a fault', () => {
    expect(checkText('targets: []\n')).toEqual([]);
  });

  test('a test whose only keys are misspelt is still one', () => {
    expect(shortForm(checkText('confg: {}\nscenarois: []\n'))).toEqual([
      'unknown-key@1 → config',
      'unknown-key@2 → scenarios',
    ]);
  });
});

describe('what else the run is given', () => {
  test('a file of configuration completes the test', () => {
    const scenarios = 'scenarios:\n  - flow:\n      - get:\n          url: /{{ a }}\n';
    const config = { 'shared.yml': 'config:\n  target: http://127.0.0.1\n  variables:\n    a: 1\n' };
    expect(checkText(scenarios, config, { configFile: 'shared.yml' })).toEqual([]);
    expect(
      shortForm(
        checkText(scenarios, { 'shared.yml': 'config:\n  target: http://127.0.0.1\n' }, { configFile: 'shared.yml' }),
      ),
    ).toEqual(['undefined-variable@4']);
  });

  test('such a file is looked at as the test is', () => {
    const scenarios = 'config:\n  httpp: {}\nscenarios:\n  - flow:\n      - get:\n          url: /\n';
    const config = { 'shared.yml': 'config:\n  target: http://127.0.0.1\n  phasess: []\n' };
    const findings = checkText(scenarios, config, { configFile: 'shared.yml' });
    expect(shortForm(findings)).toEqual(['unknown-key@3 → phases', 'unknown-key@2 → http']);
    expect(shortForm(checkText(scenarios.replace('httpp', 'http'), config, { configFile: 'none.yml' }))).toContain(
      'test-file-unreadable@1',
    );
  });

  test('overrides may change phases, target and data, and nothing else', () => {
    const text = testWith({ config: 'payload:\n  path: none.csv\n  fields: [a]', flow: '- gett: {}' })
      .replace('http://127.0.0.1:4600', 'nowhere')
      .replace('arrivalRate: 1', 'arrivalRate: 0');
    expect(shortForm(checkText(text))).toEqual(['no-load@5', 'csv-missing@7', 'unknown-step@11 → get']);
    expect(shortForm(checkText(text, {}, { isOverridden: true }))).toEqual(['unknown-step@11 → get']);
  });

  test('the shell, whose missing variables are only told where it is the one of the run', () => {
    const text = testWith({ flow: '- log: "{{ $env.SOME_NAME }}"' });
    expect(checkText(text)).toEqual([]);
    expect(checkText(text, {}, { env: { SOME_NAME: '1' } })).toEqual([]);
    expect(shortForm(checkText(text, {}, { env: {} }))).toEqual(['unset-environment-variable@8']);
  });
});

test('no content whatsoever makes the check itself fail', () => {
  const word = fc.constantFrom(
    'get',
    'url',
    'loop',
    'flow',
    'phases',
    'duration',
    'config',
    'scenarios',
    'plugins',
    'engine',
    'ws',
    '{{ a }}',
    '',
    '-1',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      word,
      fc.constantFrom(null, true, 0, -1, 1.5, 1e12),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(word, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const root = fc.record({ config: value, scenarios: value, before: value, after: value }, { requiredKeys: [] });
  fc.assert(
    fc.property(root, (content) => {
      expect(Array.isArray(checkText(stringify(content)))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
