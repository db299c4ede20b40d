import type { Bounds } from '../../stats/index.ts';
import { isSameTarget, type Target } from './block.ts';
import type { Obstacle } from './comparability.ts';
import { fewestFor, type NotJudged } from './metric-values.ts';
import type { MetricName } from './policy.ts';
import { acrossRuns, type Basis, errorsAcross, meanOf, tellsRunsApart, withinRuns } from './run-intervals.ts';
import type { SeriesFlag } from './stored-series.ts';
import type { StoredFigure, StoredFigures, StoredTarget } from './stored-target.ts';

/** One line. Always advisory: nothing was randomised, and the machine was another one or the same at another time. */
export type StoredRow = { readonly target: Target; readonly metric: MetricName } & (
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

/** What stored runs tell of each other. */
export interface StoredComparison {
  /** Left out at the beginning of every run, seconds. */
  readonly warmUpSec: number;
  /** In what the runs differ, though not so much that they could not be compared. */
  readonly flagged: readonly Obstacle[];
  readonly rows: readonly StoredRow[];
}

const QUANTILES = ['p50', 'p95', 'p99'] as const;

/** Which metrics can be compared, and by what. */
const FROM_RUN_TO_RUN = {
  requests: ['p50', 'p95', 'p99', 'mean', 'error rate', 'throughput'],
  values: ['p50', 'p95', 'p99', 'mean'],
} as const satisfies Record<string, readonly MetricName[]>;

/**
 * Within one run, a mean is moved by one slow request more than an interval says, throughput follows the plan, and of custom
 * metrics the order is not known: these take runs enough to see how runs differ.
 */
const WITHIN_RUNS = {
  requests: ['p50', 'p95', 'p99', 'error rate'],
  values: [],
} as const satisfies Record<string, readonly MetricName[]>;

/**
 * Compares stored runs. At least one on each side.
 *
 * @returns one line per target and metric, targets in the order of the first baseline.
 */
export function compareRuns(baselines: readonly StoredFigures[], candidates: readonly StoredFigures[]): StoredRow[] {
  const targets = (baselines[0]?.targets ?? []).map(({ target }) => target);
  const added = (candidates[0]?.targets ?? [])
    .map(({ target }) => target)
    .filter((target) => !targets.some((other) => isSameTarget(other, target)));
  const metrics = tellsRunsApart(baselines.length, candidates.length) ? FROM_RUN_TO_RUN : WITHIN_RUNS;
  return [...targets, ...added].flatMap((target) => {
    const asked = metrics[target.kind === 'custom metric' ? 'values' : 'requests'];
    if (asked.length === 0) return [];
    const [first, second] = [ofTarget(baselines, target), ofTarget(candidates, target)];
    const missing =
      first.length < baselines.length ? 'baseline' : second.length < candidates.length ? 'candidate' : undefined;
    if (missing !== undefined) {
      const side = missing === 'baseline' ? 'candidate' : 'baseline';
      return [
        { target, metric: 'p50' as const, kind: 'not compared' as const, why: { kind: 'only on one side', side } },
      ];
    }
    return asked.flatMap((metric) => rowsOf(target, metric, first, second));
  });
}

function ofTarget(runs: readonly StoredFigures[], target: Target): StoredTarget[] {
  return runs.flatMap(({ targets }) => targets.find((each) => isSameTarget(each.target, target)) ?? []);
}

function rowsOf(
  target: Target,
  metric: MetricName,
  first: readonly StoredTarget[],
  second: readonly StoredTarget[],
): StoredRow[] {
  const all = [...first, ...second];
  const counts = metric === 'error rate' || metric === 'throughput' ? 'requests' : 'values';
  const perBlock = Math.min(...all.map((each) => each[counts]));
  const needed = fewestFor(metric);
  if (perBlock < needed) {
    return [{ target, metric, kind: 'not compared', why: { kind: 'too few values', perBlock, needed } }];
  }
  return metric === 'error rate' ? [errorRow(target, first, second)] : ratioRow(target, metric, first, second);
}

function ratioRow(
  target: Target,
  metric: StoredFigure,
  first: readonly StoredTarget[],
  second: readonly StoredTarget[],
): StoredRow[] {
  const [before, after] = [figuresOf(first, metric), figuresOf(second, metric)];
  // A run of which a figure is not known, such as one without phases, is compared by the others.
  if (before === undefined || after === undefined) return [];
  if (Math.min(...before, ...after) <= 0) {
    return [{ target, metric, kind: 'not compared', why: { kind: 'no ratio' } }];
  }
  const logs = [before.map(Math.log), after.map(Math.log)] as const;
  const bounds = acrossRuns(...logs) ?? scatterWithin(first, second, metric);
  if (bounds === undefined) return [];
  const { basis, low, high } = bounds;
  return [
    {
      target,
      metric,
      kind: 'compared',
      baseline: Math.exp(meanOf(logs[0])),
      candidate: Math.exp(meanOf(logs[1])),
      change: Math.expm1(meanOf(logs[1]) - meanOf(logs[0])),
      interval: { low: Math.expm1(low), high: Math.expm1(high) },
      basis,
      reads: readingOf({ low, high }),
      flags: [...first, ...second].flatMap(({ flags }) => flags),
    },
  ];
}

function figuresOf(runs: readonly StoredTarget[], metric: StoredFigure): number[] | undefined {
  const values = runs.flatMap((run) => run.figure(metric) ?? []);
  return values.length === runs.length ? values : undefined;
}

function scatterWithin(
  first: readonly StoredTarget[],
  second: readonly StoredTarget[],
  metric: StoredFigure,
): ReturnType<typeof withinRuns> | undefined {
  const quantile = QUANTILES.find((each) => each === metric);
  if (quantile === undefined) return undefined;
  const draws = (runs: readonly StoredTarget[]): Float64Array[] => runs.flatMap((run) => run.draws(quantile) ?? []);
  const [before, after] = [draws(first), draws(second)];
  return before.length === 0 || after.length === 0 ? undefined : withinRuns(before, after);
}

function errorRow(target: Target, first: readonly StoredTarget[], second: readonly StoredTarget[]): StoredRow {
  const { baseline, candidate, interval, basis } = errorsAcross(first, second);
  return {
    target,
    metric: 'error rate',
    kind: 'compared',
    baseline,
    candidate,
    change: candidate - baseline,
    interval,
    basis,
    reads: readingOf(interval),
    flags: [],
  };
}

function readingOf({ low, high }: Bounds): 'more' | 'less' | 'no clear change' {
  return low > 0 ? 'more' : high < 0 ? 'less' : 'no clear change';
}
