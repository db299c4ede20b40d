import type { GateRecord } from '../../gate/regression/index.ts';
import { junitDocument, type TestCase } from '../machine/index.ts';
import { type GateLine, gateLines } from './gate-lines.ts';

/** A comparison for a build server: one test case for the answer, and one for each figure that decides. */
export function gateJunit(record: GateRecord): string {
  const { test, startedAt, endedAt, seed, baseline, candidate } = record;
  const figures = gateLines(record).filter(({ isGating }) => isGating);
  return junitDocument({
    name: `${test.name}: ${baseline.label} → ${candidate.label}`,
    file: test.file,
    startedAt,
    endedAt,
    properties: { seed, baseline: baseline.commit ?? baseline.spec, candidate: candidate.commit ?? candidate.spec },
    cases: [wholeCase(record), ...figures.map(figureCase)],
  });
}

function wholeCase({ answer, reason }: GateRecord): TestCase {
  const base = { name: 'the comparison has an answer', message: reason, output: [reason] };
  // What regressed fails by its figure.
  return answer === 'inconclusive'
    ? { ...base, result: 'error', type: 'inconclusive' }
    : { ...base, result: 'passed', type: '' };
}

function figureCase({ answer, target, metric, baseline, candidate, change, interval, margin }: GateLine): TestCase {
  const message = `${baseline} → ${candidate}, ${change} (${interval}), margin ${margin}`;
  const base = { name: `${metric} of ${target}`, message, output: [message] };
  if (answer === 'regressed') return { ...base, result: 'failure', type: 'regressed' };
  return answer === 'inconclusive'
    ? { ...base, result: 'skipped', type: 'inconclusive', message: `inconclusive; ${message}` }
    : { ...base, result: 'passed', type: '' };
}
