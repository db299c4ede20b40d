import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UserFault } from '../errors.ts';
import { expandIncludes } from './include.ts';
import { readTestFile } from './test-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'include-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return join(folder, 'test.yml');
}

function expand(files: Record<string, string>): unknown[] {
  const file = write(files);
  const content = readTestFile(file).content as { scenarios: unknown[] };
  return expandIncludes(content.scenarios, file);
}

function faultOf(files: Record<string, string>): UserFault {
  try {
    expand(files);
  } catch (thrown) {
    if (thrown instanceof UserFault) return thrown;
    throw thrown;
  }
  throw new Error('no fault was found');
}

const SEARCH = 'name: Search\nweight: 2\nflow:\n  - get:\n      url: /search\n';

describe('expandIncludes', () => {
  test('puts the scenario of the named file in the place of the include', () => {
    const scenarios = expand({
      'test.yml': 'scenarios:\n  - include: journeys/search.yml\n',
      'journeys/search.yml': SEARCH,
    });
    expect(scenarios).toEqual([{ name: 'Search', weight: 2, flow: [{ get: { url: '/search' } }] }]);
  });

  test('lets keys beside the include win', () => {
    const [scenario] = expand({ 'test.yml': 'scenarios:\n  - include: s.yml\n    weight: 9\n', 's.yml': SEARCH });
    expect(scenario).toMatchObject({ name: 'Search', weight: 9 });
  });

  test('keeps the hooks of both, those of the file first', () => {
    const file = write({ 'test.yml': 'scenarios: []\n', 's.yml': `beforeRequest: authorize\n${SEARCH}` });
    const [scenario] = expandIncludes([{ include: 's.yml', beforeRequest: ['measure'], onError: ['count'] }], file);
    expect(scenario).toMatchObject({ beforeRequest: ['authorize', 'measure'], onError: ['count'] });
  });

  test('expands includes among steps, also inside loops', () => {
    const scenarios = expand({
      'test.yml': 'scenarios:\n  - include: journeys/a.yml\n',
      'journeys/a.yml':
        'flow:\n  - include: steps/sign-in.yml\n  - loop:\n      - include: steps/sign-in.yml\n    count: 2\n',
      'journeys/steps/sign-in.yml': '- post:\n    url: /auth/login\n- think: 1\n',
    });
    const steps = [{ post: { url: '/auth/login' } }, { think: 1 }];
    expect(scenarios).toEqual([{ flow: [...steps, { loop: steps, count: 2 }] }]);
  });

  test('leaves a test without includes as it is', () => {
    const scenarios = [{ name: 'Plain', flow: [{ get: { url: '/' } }, [{ think: 1 }]] }, 'odd'];
    expect(expandIncludes(scenarios, write({ 'test.yml': 'scenarios: []\n' }))).toEqual(scenarios);
  });

  test('names the line of an include whose file is missing', () => {
    const fault = faultOf({ 'test.yml': 'scenarios:\n  - include: journeys/none.yml\n' });
    expect(fault.code).toBe('include-unreadable');
    expect(fault.message).toMatch(/test\.yml:2:5 include: journeys\/none\.yml cannot be read/);
  });

  test('names the circle of includes that go round', () => {
    const fault = faultOf({
      'test.yml': 'scenarios:\n  - include: a.yml\n',
      'a.yml': 'flow:\n  - include: b.yml\n',
      'b.yml': '- include: a.yml\n',
    });
    expect(fault.code).toBe('include-loop');
    expect(fault.message).toMatch(/a\.yml → .*b\.yml → .*a\.yml/);
  });

  test('refuses an include that is no path, and a file that holds no scenario', () => {
    expect(faultOf({ 'test.yml': 'scenarios:\n  - include: 7\n' }).code).toBe('include-shape');
    expect(faultOf({ 'test.yml': 'scenarios:\n  - include: s.yml\n', 's.yml': 'just words\n' }).code).toBe(
      'include-shape',
    );
  });

  test('points to the syntax error inside an included file', () => {
    const fault = faultOf({ 'test.yml': 'scenarios:\n  - include: s.yml\n', 's.yml': 'name: "open\n' });
    expect(fault.code).toBe('test-file-syntax');
    expect(fault.message).toMatch(/s\.yml:\d+:\d+ is not valid YAML/);
  });
});
