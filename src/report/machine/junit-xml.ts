import type { RuleResult, RunRecord } from '../../record/index.ts';
import { plainText } from '../plain-text.ts';
import { orderedRules, ruleLines } from '../rule-lines.ts';

/** What a build server shows of one test. */
interface TestCase {
  readonly name: string;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  /** Kind and sentence of anything but a pass. */
  readonly type: string;
  readonly message: string;
  /** What was observed, for the output of the test. */
  readonly output: readonly string[];
}

/**
 * A run for a build server, in the form of JUnit that Jenkins, Surefire, GitLab and others read: one test case for the run
 * itself, and one per threshold with what was observed. A threshold of a run that is not valid or was cut short says nothing
 * about the system: it is skipped, and the run itself is the error.
 */
export function junitXml(record: RunRecord): string {
  const cases = [runCase(record), ...orderedRules(record.verdict.rules).map((rule) => ruleCase(rule, record))];
  const seconds = ((Date.parse(record.endedAt) - Date.parse(record.startedAt)) / 1000).toFixed(3);
  const count = (result: TestCase['result']): string => String(cases.filter((each) => each.result === result).length);
  const { test, seed, environment, startedAt } = record;
  const totals = { tests: String(cases.length), failures: count('failure'), errors: count('error') };
  const suite = {
    name: test.name,
    ...totals,
    skipped: count('skipped'),
    time: seconds,
    timestamp: startedAt.slice(0, 19),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'Proving Ground', ...totals, time: seconds })}>`,
    `  <testsuite${attributes(suite)}>`,
    ...properties({ seed, target: test.target, environment: test.environment, commit: environment.commit }),
    ...cases.flatMap((each, index) => testCase(each, test.file, index === 0 ? seconds : '0')),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** The run as a test of itself: whether it could tell anything at all. */
function runCase({ verdict, ending }: RunRecord): TestCase {
  const base = { name: 'the run is complete and valid', message: verdict.reason, output: verdict.faults };
  const isByRules = verdict.faults.length === 0 && ending.stoppedBy === undefined && ending.suggestedExitCode === 0;
  switch (verdict.outcome) {
    case 'passed':
      return { ...base, result: 'passed', type: '' };
    case 'not valid':
    case 'inconclusive':
      return { ...base, result: 'error', type: verdict.outcome };
    case 'failed':
      return isByRules ? { ...base, result: 'passed', type: '' } : { ...base, result: 'failure', type: 'fault' };
  }
}

function ruleCase(rule: RuleResult, { verdict }: RunRecord): TestCase {
  const lines = ruleLines(rule).filter(({ observed }) => observed !== '');
  const output = lines.map(({ name, observed, limit, margin }) => {
    return `${name}: observed ${observed}, must be ${limit}${margin === '' ? '' : ` (${margin})`}`;
  });
  const base = { name: rule.rule, message: output.join('; ') || 'no data', output };
  if (rule.outcome === 'passed' && isJudged(verdict)) return { ...base, result: 'passed', type: '' };
  if (!isJudged(verdict)) {
    return {
      ...base,
      result: 'skipped',
      type: verdict.outcome,
      message: `the run is ${verdict.outcome}; ${base.message}`,
    };
  }
  if (!rule.strict) return { ...base, result: 'skipped', type: 'optional', message: `does not hold; ${base.message}` };
  return { ...base, result: 'failure', type: rule.outcome === 'no data' ? 'no data' : 'threshold' };
}

function isJudged({ outcome }: RunRecord['verdict']): boolean {
  return outcome === 'passed' || outcome === 'failed';
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
