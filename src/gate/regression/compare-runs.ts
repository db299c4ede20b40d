import { type Bounds, quantileOfSorted, type Random } from '../../stats/index.ts';
import { isSameTarget, type Target } from './block.ts';
import { fewestFor, type NotJudged } from './metric-values.ts';
import { acrossRuns, type Basis, errorsAcross, meanOf, withinRuns } from './run-intervals.ts';
import { type SeriesFlag, type SteadySeries, type StoredRun, steadySeries } from './stored-series.ts';

/** What stored runs can tell. Means are left to the gate: one slow request moves them more than the interval says. */
export type StoredMetric = 'p50' | 'p95' | 'p99' | 'error rate';

/** One line. Always advisory: nothing was randomised, and the machine was another one or the same at another time. */
export type StoredRow = { readonly target: Target; readonly metric: StoredMetric } & (
  | {
      readonly kind: 'compared';
      readonly baseline: number;
      readonly candidate: number;
      /** A share; of error rates a difference. */
      readonly change: number;
      /** Of 95 %. */
      readonly interval: Bounds;
      readonly basis: Basis;
      readonly reads: 'more' | 'less' | 'no clear change';
      readonly flags: readonly SeriesFlag[];
    }
  | { readonly kind: 'not compared'; readonly why: NotJudged }
);

/** How stored runs are compared. */
export interface StoredOptions {
  /** Left out at the beginning of every run, seconds. */
  readonly warmUpSec: number;
  readonly random: Random;
  /** Default 1,000; fewer for millions of requests. */
  readonly resamples?: number;
}

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/**
 * Compares stored runs. At least one on each side.
 *
 * @returns one line per target and metric, targets in the order of the first baseline.
 */
export function compareRuns(
  baselines: readonly StoredRun[],
  candidates: readonly StoredRun[],
  options: StoredOptions,
): StoredRow[] {
  const targets = (baselines[0]?.series ?? []).map(({ target }) => target);
  const added = (candidates[0]?.series ?? [])
    .map(({ target }) => target)
    .filter((target) => !targets.some((other) => isSameTarget(other, target)));
  return [...targets, ...added].flatMap((target) => {
    const [first, second] = [baselines, candidates].map((runs) => seriesOf(runs, target, options.warmUpSec)) as [
      SteadySeries[],
      SteadySeries[],
    ];
    const missing =
      first.length < baselines.length ? 'baseline' : second.length < candidates.length ? 'candidate' : undefined;
    if (missing !== undefined) {
      const side = missing === 'baseline' ? 'candidate' : 'baseline';
      return [
        { target, metric: 'p50' as const, kind: 'not compared' as const, why: { kind: 'only on one side', side } },
      ];
    }
    const quantiles = (['p50', 'p95', 'p99'] as const).map((metric) =>
      quantileRow(target, metric, first, second, options),
    );
    return target.kind === 'custom metric' ? quantiles : [...quantiles, errorRow(target, first, second)];
  });
}

function seriesOf(runs: readonly StoredRun[], target: Target, warmUpSec: number): SteadySeries[] {
  return runs.flatMap(({ name, series }) => {
    const own = series.find((each) => isSameTarget(each.target, target));
    return own === undefined ? [] : [steadySeries(name, own, warmUpSec)];
  });
}

function quantileRow(
  target: Target,
  metric: keyof typeof QUANTILES,
  first: readonly SteadySeries[],
  second: readonly SteadySeries[],
  options: StoredOptions,
): StoredRow {
  const all = [...first, ...second];
  const perBlock = Math.min(...all.map(({ values }) => values.length));
  const needed = fewestFor(metric);
  if (perBlock < needed) {
    return { target, metric, kind: 'not compared', why: { kind: 'too few values', perBlock, needed } };
  }
  const quantile = QUANTILES[metric];
  const [before, after] = [first, second].map((runs) =>
    runs.map(({ values }) => quantileOfSorted(values.toSorted(), quantile)),
  ) as [number[], number[]];
  if (Math.min(...before, ...after) <= 0) return { target, metric, kind: 'not compared', why: { kind: 'no ratio' } };
  const logs = [before.map(Math.log), after.map(Math.log)] as const;
  const change = meanOf(logs[1]) - meanOf(logs[0]);
  const { basis, low, high } = acrossRuns(...logs) ?? withinRuns(first, second, quantile, options);
  return {
    target,
    metric,
    kind: 'compared',
    baseline: Math.exp(meanOf(logs[0])),
    candidate: Math.exp(meanOf(logs[1])),
    change: Math.expm1(change),
    interval: { low: Math.expm1(low), high: Math.expm1(high) },
    basis,
    reads: readingOf({ low, high }),
    flags: all.flatMap(({ flags }) => flags),
  };
}

function errorRow(target: Target, first: readonly SteadySeries[], second: readonly SteadySeries[]): StoredRow {
  const perBlock = Math.min(...[...first, ...second].map(({ requests }) => requests));
  const needed = fewestFor('error rate');
  if (perBlock < needed) {
    return { target, metric: 'error rate', kind: 'not compared', why: { kind: 'too few values', perBlock, needed } };
  }
  const { baseline, candidate, interval, basis } = errorsAcross(first, second);
  const change = candidate - baseline;
  const reads = readingOf(interval);
  return {
    target,
    metric: 'error rate',
    kind: 'compared',
    baseline,
    candidate,
    change,
    interval,
    basis,
    reads,
    flags: [],
  };
}

function readingOf({ low, high }: Bounds): 'more' | 'less' | 'no clear change' {
  return low > 0 ? 'more' : high < 0 ? 'less' : 'no clear change';
}
