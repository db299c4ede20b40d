import { expect, test } from 'vitest';
import type { TrendChange, TrendFindings } from '../../gate/trend/index.ts';
import { trendLines } from './trend-lines.ts';

const run = (day: number) => ({
  name: `run ${day}`,
  startedAt: `2026-03-${day}T02:23:00.000Z`,
  commit: 'abcdef0123456789',
});
const CHANGE: TrendChange = {
  target: { kind: 'endpoint', name: 'Search' },
  metric: 'p50',
  kind: 'step',
  run: run(18),
  before: 24.14,
  after: 26.31,
  change: 0.0899,
  p: 0.0025,
};
const FINDINGS: TrendFindings = {
  runs: Array.from({ length: 20 }, (_, index) => run(10 + index)),
  leftOut: [
    { run: 'run 4', why: 'it was interrupted' },
    { run: 'run 5', why: 'it was interrupted' },
  ],
  followed: 24,
  changes: [
    CHANGE,
    { ...CHANGE, kind: 'drift', metric: 'error rate', before: 0.01, after: 0.004, change: -0.006, p: 0.02 },
  ],
  marks: [{ run: 'run 18', what: 'journeys' }],
  alpha: 0.05,
};

test('says what changed, since when, and what it is worth', () => {
  expect(trendLines(FINDINGS)).toEqual([
    '24 figures of 20 runs, 2026-03-10 to 2026-03-29: 2 changes.',
    'p50 of Search changed with run 18 (2026-03-18, commit abcdef012345) from 24.1 ms to 26.3 ms, +9 % (p 0.0025).',
    'error rate of Search drifts over all of the runs from 1 % to 0.4 %, −0.6 pp (p 0.02).',
    'Not the same from run 18 on: journeys.',
    'Left out, since it was interrupted: run 4, run 5.',
    'In a history without any change, one is said in 5 % of all cases. Advisory: this says since when, not why.',
  ]);
});

test('says that there are too few runs, and which were left out', () => {
  const few = { ...FINDINGS, runs: FINDINGS.runs.slice(0, 9), followed: 0, changes: [], marks: [] };
  expect(trendLines(few)).toEqual([
    '9 runs that count are too few: a trend takes 10.',
    'Left out, since it was interrupted: run 4, run 5.',
  ]);
});
