import { plainText } from '../plain-text.ts';

/** What a build server shows of one test. */
export interface TestCase {
  readonly name: string;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  /** Kind and sentence of anything but a pass. */
  readonly type: string;
  readonly message: string;
  /** What was observed, for the output of the test. */
  readonly output: readonly string[];
}

/** Tests that belong together. */
export interface TestSuite {
  readonly name: string;
  /** The file that they come from. */
  readonly file: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly properties: Readonly<Record<string, string | undefined>>;
  /** The first one is that of the whole, and took all of the time. */
  readonly cases: readonly TestCase[];
}

/** A suite in the form of JUnit that Jenkins, Surefire, GitLab and others read. */
export function junitDocument({ name, file, startedAt, endedAt, properties: facts, cases }: TestSuite): string {
  const seconds = ((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).toFixed(3);
  const count = (result: TestCase['result']): string => String(cases.filter((each) => each.result === result).length);
  const totals = { tests: String(cases.length), failures: count('failure'), errors: count('error') };
  const suite = { name, ...totals, skipped: count('skipped'), time: seconds, timestamp: startedAt.slice(0, 19) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'Proving Ground', ...totals, time: seconds })}>`,
    `  <testsuite${attributes(suite)}>`,
    ...properties(facts),
    ...cases.flatMap((each, index) => testCase(each, file, index === 0 ? seconds : '0')),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ name, result, type, message, output }: TestCase, classname: string, time: string): string[] {
  const open = `    <testcase${attributes({ name, classname, time })}>`;
  const body = result === 'passed' ? [] : [`      <${result}${resultAttributes(result, type, message)}/>`];
  const text = output.length === 0 ? [] : [`      <system-out>${output.map(escapeXml).join('\n')}</system-out>`];
  return [open, ...body, ...text, '    </testcase>'];
}

/** Surefire's schema gives a skipped test a message only. */
function resultAttributes(result: TestCase['result'], type: string, message: string): string {
  return result === 'skipped' ? attributes({ message }) : attributes({ message, type });
}

function properties(values: Readonly<Record<string, string | undefined>>): string[] {
  const lines = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`      <property${attributes({ name, value })}/>`],
  );
  return ['    <properties>', ...lines, '    </properties>'];
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** As XML 1.0 allows; what it does not, such as control characters, is left out. */
function escapeXml(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => REFERENCES[character] ?? '');
}
