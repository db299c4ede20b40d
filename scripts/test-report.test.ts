import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTestReport } from './test-report.ts';

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'test-report-'));
  file = join(folder, 'report.json');
});

afterAll(() => rmSync(folder, { recursive: true }));

const NOTHING = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

function read(report: object, exitedWithZero = true) {
  writeFileSync(file, JSON.stringify({ ...NOTHING, ...report }));
  return readTestReport(file, exitedWithZero);
}

test('counts what passed', () => {
  expect(read({ numPassedTests: 7 })).toEqual({ passed: 7, failed: 0, failures: [] });
});

test('names each test that failed, with the first lines of what it said, and each file that could not be loaded', () => {
  const failureMessages = [
    `\u001b[31mexpected\u001b[39m 1\n\n${Array.from({ length: 40 }, (_, line) => `at ${line}`).join('\n')}`,
  ];
  const { passed, failed, failures } = read(
    {
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        {
          name: resolve('src/a.test.ts'),
          status: 'failed',
          message: 'whole file',
          assertionResults: [
            { status: 'passed', fullName: 'good' },
            { status: 'failed', fullName: 'adds up', failureMessages },
          ],
        },
        { name: resolve('src/b.test.ts'), status: 'failed', message: 'Cannot find module', assertionResults: [] },
      ],
    },
    false,
  );
  expect({ passed, failed }).toEqual({ passed: 1, failed: 2 });
  expect(failures[0]?.split('\n').slice(0, 3)).toEqual(['● src/a.test.ts: adds up', '    expected 1', '    at 0']);
  expect(failures[0]?.split('\n')).toHaveLength(13);
  expect(failures[1]).toBe('● src/b.test.ts\n    Cannot find module');
});

test('a hook that fails after all tests have passed is a failure, with what it said', () => {
  const assertionResults = [{ status: 'passed', fullName: 'good' }];
  const testResults = [
    { name: resolve('src/a.test.ts'), status: 'failed', message: 'folder is gone', assertionResults },
  ];
  const failures = ['● src/a.test.ts\n    folder is gone'];
  expect(read({ numPassedTests: 1, testResults }, false)).toEqual({ passed: 1, failed: 1, failures });
});

test.each([
  ['a test that was skipped', { numPassedTests: 3, numPendingTests: 1 }, true],
  ['a test that is to be written', { numPassedTests: 3, numTodoTests: 1 }, true],
  ['a run without any test', {}, true],
  ['an exit code that no test explains', { numPassedTests: 3 }, false],
])('%s is a failure', (_, report, exitedWithZero) => {
  expect(read(report, exitedWithZero).failed).toBe(1);
});

test('a report that was never written is a failure', () => {
  expect(readTestReport(join(folder, 'none.json'), true)).toMatchObject({ passed: 0, failed: 1 });
});
