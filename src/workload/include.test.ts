import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
const including = (path: string): string => `scenarios:\n  - flow:\n      - include: ${path}\n`;

describe('expandIncludes', () => {
  test('gives a scenario that is one include the name, weight and flow of the file', () => {
    const scenarios = expand({ 'test.yml': including('journeys/search.yml'), 'journeys/search.yml': SEARCH });
    expect(scenarios).toEqual([{ name: 'Search', weight: 2, flow: [{ get: { url: '/search' } }] }]);
  });

  test('lets keys beside the flow win', () => {
    const [scenario] = expand({ 'test.yml': `${including('s.yml')}    weight: 9\n`, 's.yml': SEARCH });
    expect(scenario).toMatchObject({ name: 'Search', weight: 9, flow: [{ get: { url: '/search' } }] });
  });

  test('keeps the hooks of both, those of the file first', () => {
    const file = write({ 'test.yml': 'scenarios: []\n', 's.yml': `beforeRequest: authorize\n${SEARCH}` });
    const entry = { flow: [{ include: 's.yml' }], beforeRequest: ['measure'], onError: ['count'] };
    const [scenario] = expandIncludes([entry], file);
    expect(scenario).toMatchObject({ beforeRequest: ['authorize', 'measure'], onError: ['count'] });
  });

  test('expands includes among steps, also inside loops, relative to the file that names them', () => {
    const scenarios = expand({
      'test.yml': including('journeys/a.yml'),
      'journeys/a.yml':
        'flow:\n  - include: steps/sign-in.yml\n  - loop:\n      - include: steps/sign-in.yml\n    count: 2\n',
      'journeys/steps/sign-in.yml': '- post:\n    url: /auth/login\n- think: 1\n',
    });
    const steps = [{ post: { url: '/auth/login' } }, { think: 1 }];
    expect(scenarios).toEqual([{ flow: [...steps, { loop: steps, count: 2 }] }]);
  });

  test('puts a list of steps into a flow that is nothing else', () => {
    const [scenario] = expand({ 'test.yml': including('steps.yml'), 'steps.yml': '- think: 1\n- think: 2\n' });
    expect(scenario).toEqual({ flow: [{ think: 1 }, { think: 2 }] });
  });

  test('leaves a test without includes as it is', () => {
    const scenarios = [{ name: 'Plain', flow: [{ get: { url: '/' } }, [{ think: 1 }]] }, 'odd'];
    expect(expandIncludes(scenarios, write({ 'test.yml': 'scenarios: []\n' }))).toEqual(scenarios);
  });

  test('names the line of an include whose file is missing', () => {
    const fault = faultOf({ 'test.yml': including('journeys/none.yml') });
    expect(fault.code).toBe('include-unreadable');
    expect(fault.message).toMatch(/test\.yml:3:18 include: journeys\/none\.yml cannot be read/);
  });

  test('names the line inside an included file', () => {
    const fault = faultOf({ 'test.yml': including('a.yml'), 'a.yml': 'flow:\n  - think: 1\n  - include: none.yml\n' });
    expect(fault.message).toMatch(/a\.yml:3:14 include: none\.yml cannot be read/);
  });

  test('names the circle of includes that go round', () => {
    const fault = faultOf({
      'test.yml': including('a.yml'),
      'a.yml': 'flow:\n  - include: b.yml\n',
      'b.yml': '- include: a.yml\n',
    });
    expect(fault.code).toBe('include-loop');
    expect(fault.message).toMatch(/a\.yml → .*b\.yml → .*a\.yml/);
  });

  test('refuses an include that is no path, and a journey or a text among other steps', () => {
    expect(faultOf({ 'test.yml': including('7') }).code).toBe('include-shape');
    expect(faultOf({ 'test.yml': including('s.yml'), 's.yml': 'just words\n' }).code).toBe('include-shape');
    const among = 'scenarios:\n  - flow:\n      - think: 1\n      - include: s.yml\n';
    expect(faultOf({ 'test.yml': among, 's.yml': SEARCH }).message).toMatch(/s\.yml holds no list of steps/);
  });

  test('points to the syntax error inside an included file', () => {
    const fault = faultOf({ 'test.yml': including('s.yml'), 's.yml': 'name: "open\n' });
    expect(fault.code).toBe('test-file-syntax');
    expect(fault.message).toMatch(/s\.yml:\d+:\d+ is not valid YAML/);
  });
});
