import { describe, expect, test } from 'vitest';
import { expandIncludes } from '../include.ts';
import { isEntry } from '../plan/entry.ts';
import { valueAt } from '../plan/template.ts';
import { readTestFile } from '../test-file.ts';
import { buildModel } from './build-model.ts';
import { headValue, type Journey, type Step } from './journey.ts';
import { isSourceFault } from './source-file.ts';
import { createSourceStore } from './source-store.ts';
import { checkText, shortForm, testWith } from './testing/check-text.ts';

function journeysOf(path: string): readonly Journey[] {
  const files = createSourceStore();
  const source = files.read(path);
  if (isSourceFault(source)) throw new Error(source.message);
  return buildModel(source, files, {}).test.journeys;
}

/** The steps as plain data, includes replaced. */
function plain(steps: readonly Step[]): unknown[] {
  return steps.map(({ cursor, children }) => {
    const own = isEntry(cursor.value) ? { ...cursor.value } : {};
    for (const list of ['loop', 'parallel']) if (list in own) Object.assign(own, { [list]: plain(children) });
    return own;
  });
}

describe('journeys are read as they are expanded for the run', () => {
  test.each(['artillery/peak.yml', 'artillery/smoke.yml', 'test/fixtures/valid/http/includes.yml'])('%s', (path) => {
    const expanded = expandIncludes(valueAt(readTestFile(path).content, 'scenarios') as unknown[], path).filter(
      isEntry,
    );
    const read = journeysOf(path);
    expect(read.map(({ name }) => name)).toEqual(expanded.map(({ name }) => name));
    expect(read.map((journey) => headValue(journey, 'weight').value)).toEqual(expanded.map(({ weight }) => weight));
    expect(read.map(({ steps }) => plain(steps))).toEqual(expanded.map(({ flow }) => flow));
  });
});

describe('what is wrong in an included file', () => {
  test('is said with the place in that file, once, however often it is included', () => {
    const text = testWith({ flow: '- include: steps.yml\n- loop:\n    - include: steps.yml\n  count: 1' });
    const findings = checkText(text, { 'steps.yml': '- get:\n    url: /\n    headrs: {}\n' });
    expect(shortForm(findings)).toEqual(['unknown-key@3 → headers']);
    expect(findings[0]?.position.file).toMatch(/steps\.yml$/);
  });

  test('is judged by the engine of the scenario that includes it', () => {
    const steps = { 'steps.yml': '- send: hello\n' };
    expect(shortForm(checkText(testWith({ head: 'engine: ws', flow: '- include: steps.yml' }), steps))).toEqual([]);
    expect(shortForm(checkText(testWith({ flow: '- include: steps.yml' }), steps))).toEqual(['unknown-step@1']);
  });

  test('is a syntax fault, at its own line', () => {
    const findings = checkText(testWith({ flow: '- include: steps.yml' }), {
      'steps.yml': '- think: 1\n - think: 2\n',
    });
    expect(findings).toMatchObject([{ code: 'test-file-syntax', position: { line: 2 } }]);
  });
});

test('all faults are found in one go, across files, in the order of their places', () => {
  const text = testWith({
    config: 'processor: none.js\nhttpp: {}\npayload:\n  path: none.csv\n  fields: [a]',
    flow: '- include: a.yml\n- gett: {}\n- get:\n    url: nowhere',
  });
  const findings = checkText(text, { 'a.yml': '- think: soon\n- include: b.yml\n' });
  expect(findings.map(({ code, position }) => `${position.file.split('/').at(-1)}:${position.line} ${code}`)).toEqual([
    'a.yml:1 impossible-value',
    'a.yml:2 include-unreadable',
    'test.yml:6 processor-missing',
    'test.yml:7 unknown-key',
    'test.yml:9 csv-missing',
    'test.yml:14 unknown-step',
    'test.yml:16 url-address',
  ]);
});
