import { expect, test } from 'vitest';
import type { StoredRow } from '../../gate/regression/index.ts';
import { type BesideBaseline, besideBaselineLines, summarisedComparison } from './beside-baseline.ts';

function row(name: string, metric: StoredRow['metric'], low: number, high: number): StoredRow {
  const change = (low + high) / 2;
  const reads = low > 0 ? 'more' : high < 0 ? 'less' : 'no clear change';
  const target = { kind: 'endpoint', name } as const;
  const baseline = metric === 'error rate' ? 0.01 : 20;
  const candidate = metric === 'error rate' ? baseline + change : baseline * (1 + change);
  const shared = { kind: 'compared', basis: 'prediction', interval: { low, high }, flags: [] } as const;
  return { ...shared, target, metric, baseline, candidate, change, reads };
}

const ROWS = [
  row('Dashboard', 'p50', -0.02, 0.03),
  row('Search', 'p50', 0.08, 0.14),
  row('Search', 'p99', 0.01, 0.2),
  row('Search', 'error rate', 0.01, 0.03),
];
const flagged = [{ kind: 'flagged', what: 'journeys', baseline: 'a', candidate: 'b' }] as const;
const BESIDE: BesideBaseline = {
  baseline: 'reports/baselines/peak.json',
  outcome: { comparison: { warmUpSec: 20, flagged, rows: ROWS } },
};

test('the terminal says how much changed clearly, what, and that it is advisory', () => {
  expect(besideBaselineLines(BESIDE)).toEqual([
    'Beside reports/baselines/peak.json (advisory): 3 of 4 figures changed clearly',
    '  Search: p50 +11 %, 95 % interval +8 to +14 %',
    '  Search: p99 +10.5 %, 95 % interval +1 to +20 %',
    '  Search: error rate +2 pp, 95 % interval +1 to +3 pp',
    '  Not the same: journeys (a | b)',
  ]);
});

test('the summary has clear changes first, points of error rates without a share, and never a judgement', () => {
  const { differences } = summarisedComparison(BESIDE) ?? { differences: [] };
  expect(differences.map(({ name }) => name)).toEqual(['p50 of Search', 'error rate of Search', 'p50 of Dashboard']);
  expect(differences[0]).toMatchObject({ unit: 'ms', change: { low: 0.08, high: 0.14 }, judgement: 'advisory' });
  expect(differences[1]).toMatchObject({ unit: '%', before: 1, after: 3 });
  expect(differences[1]).not.toHaveProperty('change');
});

test('what cannot be compared is said with the reason, and is in no summary', () => {
  const beside: BesideBaseline = { baseline: 'a.json', outcome: { why: 'there is no such file' } };
  expect(besideBaselineLines(beside)).toEqual(['Not compared with a.json: there is no such file']);
  expect(summarisedComparison(beside)).toBeUndefined();
});
