import type { RuleResult, RunRecord } from '../../record/index.ts';
import { orderedRules, ruleLines } from '../rule-lines.ts';
import { junitDocument, type TestCase } from './junit-document.ts';

/**
 * A run for a build server, in the form of JUnit that Jenkins, Surefire, GitLab and others read: one test case for the run
 * itself, and one per threshold with what was observed. A threshold of a run that is not valid or was cut short says nothing
 * about the system: it is skipped, and the run itself is the error.
 */
export function junitXml(record: RunRecord): string {
  const cases = [runCase(record), ...orderedRules(record.verdict.rules).map((rule) => ruleCase(rule, record))];
  const { test, seed, environment, startedAt, endedAt } = record;
  const properties = { seed, target: test.target, environment: test.environment, commit: environment.commit };
  return junitDocument({ name: test.name, file: test.file, startedAt, endedAt, properties, cases });
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
