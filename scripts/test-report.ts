import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** How many tests or checks of a step passed, and what to say of those that did not. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** One text for each test that failed: file, name, and the first lines of what it said. */
  readonly failures: readonly string[];
}

const LINES_OF_A_FAILURE = 12;

/** The parts of the report of Vitest's `json` reporter that are read here. */
interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/**
 * What Vitest counted. A file that could not even be loaded has no tests to count, and a test that was skipped has shown nothing:
 * both are failures, and so is a run that found no test.
 *
 * @param exitedWithZero Vitest's exit code was 0.
 */
export function readTestReport(file: string, exitedWithZero: boolean): Counts {
  let report: TestReport;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as TestReport;
  } catch {
    return { passed: 0, failed: 1, failures: ['Vitest ended without a report'] };
  }
  const passed = report.numPassedTests;
  const failed =
    report.numFailedTests +
    report.numPendingTests +
    report.numTodoTests +
    report.testResults.filter(failedItself).length;
  if (passed + failed === 0) return { passed, failed: 1, failures: ['Vitest found no tests'] };
  if (failed === 0 && !exitedWithZero)
    return { passed, failed: 1, failures: ['Vitest did not end with exit code 0, and no test says why'] };
  return { passed, failed, failures: failuresOf(report) };
}

/** A file that could not be loaded, or a hook of it that failed: none of its tests says so. */
function failedItself({ status, assertionResults }: TestReport['testResults'][number]): boolean {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
}

function failuresOf({ testResults }: TestReport): string[] {
  return testResults.flatMap((result) => {
    const file = relative('', result.name);
    const ofFile = failedItself(result) ? [failureText(file, result.message)] : [];
    const ofTests = result.assertionResults
      .filter(({ status }) => status !== 'passed')
      .map(({ fullName, status, failureMessages = [] }) =>
        failureText(`${file}: ${fullName}`, failureMessages.join('\n') || status),
      );
    return [...ofFile, ...ofTests];
  });
}

function failureText(title: string, message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [`● ${title}`, ...lines.slice(0, LINES_OF_A_FAILURE).map((line) => `    ${line}`)].join('\n');
}
