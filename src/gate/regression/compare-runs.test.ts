import { expect, test } from 'vitest';
import { createRandom, sketchOf } from '../../stats/index.ts';
import { compareRuns, type StoredRow } from './compare-runs.ts';
import { measureRun } from './measure-run.ts';
import type { StoredRun } from './stored-series.ts';

const SEARCH = { kind: 'endpoint', name: 'Search' } as const;

function compare(before: readonly StoredRun[], after: readonly StoredRun[]): StoredRow[] {
  const options = { warmUpSec: 5, random: createRandom('compare'), resamples: 200 };
  const measured = (runs: readonly StoredRun[]) => runs.map((run) => measureRun(run, options));
  return compareRuns(measured(before), measured(after));
}

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
  return { name, durationSec: count / 10, series: [{ target: SEARCH, dueSec, values, failed }] };
}

function rowOf(rows: readonly StoredRow[], metric: StoredRow['metric']) {
  const row = rows.find((each) => each.metric === metric);
  if (row?.kind !== 'compared') throw new Error(`${metric} is compared`);
  return row;
}

const runs = (side: string, count: number, made: MadeRun = {}): StoredRun[] =>
  Array.from({ length: count }, (_, index) => madeRun(`${side} ${index}`, made));

test('two runs are compared by how they scatter within themselves', () => {
  const row = rowOf(compare([madeRun('a')], [madeRun('b', { factor: 1.2 })]), 'p50');
  expect(row).toMatchObject({ basis: 'within runs', reads: 'more' });
  expect(row.interval.low).toBeLessThan(0.2);
  expect(row.interval.high).toBeGreaterThan(0.2);
  expect(rowOf(compare([madeRun('a')], [madeRun('b')]), 'p50').reads).toBe('no clear change');
});

test('the warm-up of both runs is left out, and one that lasts longer is told', () => {
  const slow = rowOf(compare([madeRun('a')], [madeRun('b', { slowStart: 20 })]), 'p95');
  expect(slow).toMatchObject({ reads: 'no clear change', flags: [] });
  const longer = rowOf(compare([madeRun('a')], [madeRun('b', { slowStart: 20, slowSec: 15 })]), 'p95');
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
  const row = rowOf(compare([madeRun('a')], [{ name: 'b', series: drifting }]), 'p50');
  expect(row.flags).toContainEqual(expect.objectContaining({ kind: 'trend', run: 'b' }));
});

test('three runs a side are compared by how they differ', () => {
  const row = rowOf(compare(runs('a', 3), runs('b', 3, { factor: 1.3 })), 'p50');
  expect(row).toMatchObject({ basis: 'run to run', reads: 'more' });
  expect(rowOf(compare(runs('a', 2), runs('b', 3)), 'p50').basis).toBe('within runs');
});

test('ten baselines tell where one more run would lie', () => {
  const [nine, ten] = [9, 10].map((count) => rowOf(compare(runs('a', count), runs('same', 1)), 'p50'));
  expect([nine?.basis, ten?.basis]).toEqual(['within runs', 'prediction']);
  expect(ten?.reads).toBe('no clear change');
  expect(rowOf(compare(runs('a', 10), runs('b', 1, { factor: 1.4 })), 'p50').reads).toBe('more');
});

test('more errors are seen, and none on either side are no change', () => {
  const more = rowOf(compare([madeRun('a')], [madeRun('b', { failing: 0.05 })]), 'error rate');
  expect(more.reads).toBe('more');
  const none = rowOf(compare([madeRun('a')], [madeRun('b')]), 'error rate');
  expect(none).toMatchObject({ change: 0, reads: 'no clear change' });
});

test('quantiles of too few requests are refused, and endpoints of one run only', () => {
  const rows = compare([madeRun('a', { count: 249 })], [madeRun('b')]);
  expect(rows.find(({ metric }) => metric === 'p95')).toMatchObject({
    kind: 'not compared',
    why: { kind: 'too few values', perBlock: 199, needed: 200 },
  });
  expect(compare([madeRun('a')], [{ name: 'b', series: [] }])).toEqual([
    { target: SEARCH, metric: 'p50', kind: 'not compared', why: { kind: 'only on one side', side: 'baseline' } },
  ]);
});

test('mean and throughput take runs enough to see how runs differ', () => {
  const metricsOf = (rows: readonly StoredRow[]): string[] => rows.map(({ metric }) => metric);
  expect(metricsOf(compare([madeRun('a')], [madeRun('b')]))).not.toContain('mean');
  const rows = compare(runs('a', 3), runs('b', 3, { factor: 1.3, count: 400 }));
  expect(rowOf(rows, 'mean')).toMatchObject({ basis: 'run to run', reads: 'more' });
  // Both have ten requests a second, for 75 and for 35 seconds.
  const { baseline, candidate, reads } = rowOf(rows, 'throughput');
  expect([baseline, candidate].map((perSec) => perSec.toFixed(6))).toEqual(['10.000000', '10.000000']);
  expect(reads).toBe('no clear change');
});

test('a custom metric is compared from run to run, without its warm-up', () => {
  const target = { kind: 'custom metric', name: 'search.hits' } as const;
  const withHits = (name: string, factor: number): StoredRun => {
    const random = createRandom(name);
    const windows = [0, 10, 20, 30].map((startSec) => ({
      startSec,
      sketch: sketchOf(Array.from({ length: 50 }, () => (startSec === 0 ? 500 : factor * (10 + 0.1 * random.next())))),
    }));
    return { name, series: [], custom: [{ target, windows }] };
  };
  const side = (factor: number) => ['x', 'y', 'z'].map((name) => withHits(`${name} ${factor}`, factor));
  const row = rowOf(compare(side(1), side(1.5)), 'mean');
  expect(row).toMatchObject({ target, reads: 'more', basis: 'run to run' });
  expect([row.baseline, row.candidate].map(Math.round)).toEqual([10, 15]);
  expect(compare(side(1).slice(0, 1), side(1.5).slice(0, 1))).toEqual([]);
});
