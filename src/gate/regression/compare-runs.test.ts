import { expect, test } from '@jest/globals';
import { createRandom } from '../../stats/index.ts';
import { compareRuns, type StoredRow } from './compare-runs.ts';
import type { StoredRun } from './stored-series.ts';

const SEARCH = { kind: 'endpoint', name: 'Search' } as const;
const options = () => ({ warmUpSec: 5, random: createRandom('compare'), resamples: 200 });

interface MadeRun {
  readonly count?: number;
  readonly factor?: number;
  readonly failing?: number;
  /** Factor by which the beginning is slower, and for how many seconds. */
  readonly slowStart?: number;
  readonly slowSec?: number;
}

/** Ten requests a second. */
function madeRun(
  name: string,
  { count = 800, factor = 1, failing = 0, slowStart = 1, slowSec = 5 }: MadeRun = {},
): StoredRun {
  const random = createRandom(name);
  const dueSec = Array.from({ length: count }, (_, index) => index / 10);
  const values = dueSec.map((due) => factor * (due < slowSec ? slowStart : 1) * (10 - 5 * Math.log(1 - random.next())));
  const failed = dueSec.map(() => random.next() < failing);
  return { name, series: [{ target: SEARCH, dueSec, values, failed }] };
}

function rowOf(rows: readonly StoredRow[], metric: StoredRow['metric']) {
  const row = rows.find((each) => each.metric === metric);
  if (row?.kind !== 'compared') throw new Error(`${metric} is compared`);
  return row;
}

const runs = (side: string, count: number, made: MadeRun = {}): StoredRun[] =>
  Array.from({ length: count }, (_, index) => madeRun(`${side} ${index}`, made));

test('two runs are compared by how they scatter within themselves', () => {
  const row = rowOf(compareRuns([madeRun('a')], [madeRun('b', { factor: 1.2 })], options()), 'p50');
  expect(row).toMatchObject({ basis: 'within runs', reads: 'more' });
  expect(row.interval.low).toBeLessThan(0.2);
  expect(row.interval.high).toBeGreaterThan(0.2);
  expect(rowOf(compareRuns([madeRun('a')], [madeRun('b')], options()), 'p50').reads).toBe('no clear change');
});

test('the warm-up of both runs is left out, and one that lasts longer is told', () => {
  const slow = rowOf(compareRuns([madeRun('a')], [madeRun('b', { slowStart: 20 })], options()), 'p95');
  expect(slow).toMatchObject({ reads: 'no clear change', flags: [] });
  const longer = rowOf(compareRuns([madeRun('a')], [madeRun('b', { slowStart: 20, slowSec: 15 })], options()), 'p95');
  expect(longer.flags).toEqual([expect.objectContaining({ kind: 'still warming up', run: 'b' })]);
  const [flag] = longer.flags;
  const untilSec = flag?.kind === 'still warming up' ? flag.untilSec : 0;
  expect(untilSec).toBeGreaterThanOrEqual(15);
  expect(untilSec).toBeLessThan(20);
});

test('a run that gets slower and slower is not steady', () => {
  const { series } = madeRun('b');
  const drifting = series.map((each) => ({
    ...each,
    values: Array.from(each.values, (value, index) => value * (1 + index / 400)),
  }));
  const row = rowOf(compareRuns([madeRun('a')], [{ name: 'b', series: drifting }], options()), 'p50');
  expect(row.flags).toContainEqual(expect.objectContaining({ kind: 'trend', run: 'b' }));
});

test('three runs a side are compared by how they differ', () => {
  const row = rowOf(compareRuns(runs('a', 3), runs('b', 3, { factor: 1.3 }), options()), 'p50');
  expect(row).toMatchObject({ basis: 'run to run', reads: 'more' });
  expect(rowOf(compareRuns(runs('a', 2), runs('b', 3), options()), 'p50').basis).toBe('within runs');
});

test('ten baselines tell where one more run would lie', () => {
  const [nine, ten] = [9, 10].map((count) => rowOf(compareRuns(runs('a', count), runs('same', 1), options()), 'p50'));
  expect([nine?.basis, ten?.basis]).toEqual(['within runs', 'prediction']);
  expect(ten?.reads).toBe('no clear change');
  expect(rowOf(compareRuns(runs('a', 10), runs('b', 1, { factor: 1.4 }), options()), 'p50').reads).toBe('more');
});

test('more errors are seen, and none on either side are no change', () => {
  const more = rowOf(compareRuns([madeRun('a')], [madeRun('b', { failing: 0.05 })], options()), 'error rate');
  expect(more.reads).toBe('more');
  const none = rowOf(compareRuns([madeRun('a')], [madeRun('b')], options()), 'error rate');
  expect(none).toMatchObject({ change: 0, reads: 'no clear change' });
});

test('quantiles of too few requests are refused, and endpoints of one run only', () => {
  const rows = compareRuns([madeRun('a', { count: 249 })], [madeRun('b')], options());
  expect(rows.find(({ metric }) => metric === 'p95')).toMatchObject({
    kind: 'not compared',
    why: { kind: 'too few values', perBlock: 199, needed: 200 },
  });
  expect(compareRuns([madeRun('a')], [{ name: 'b', series: [] }], options())).toEqual([
    { target: SEARCH, metric: 'p50', kind: 'not compared', why: { kind: 'only on one side', side: 'baseline' } },
  ]);
});
