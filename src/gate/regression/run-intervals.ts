import {
  type Bounds,
  blockLengthFor,
  bootstrapQuantiles,
  predictionInterval,
  quantileOfSorted,
  type Random,
  welchTest,
} from '../../stats/index.ts';
import { rateDifference } from '../../stats/rate-difference.ts';
import type { SteadySeries } from './stored-series.ts';

/** Where the interval of a row comes from, the best first. */
export type Basis =
  /** At least three runs on each side: Welch's t on their logs. */
  | 'run to run'
  /** At least ten runs of the baseline: where one more of them would lie. */
  | 'prediction'
  /** One run or two on a side: how much each scatters within itself. Says nothing of how runs differ. */
  | 'within runs';

const LEVEL = 0.025;
const FEWEST_FOR_WELCH = 3;
const FEWEST_FOR_PREDICTION = 10;

/** Queues remember longer than n^(1/3) requests: three times as long covers better at high load and no worse at low load. */
const BLOCK_FACTOR = 3;

/** From how the logs of runs differ; undefined where there are too few of them. */
export function acrossRuns(
  before: readonly number[],
  after: readonly number[],
): (Bounds & { readonly basis: Basis }) | undefined {
  if (before.length >= FEWEST_FOR_WELCH && after.length >= FEWEST_FOR_WELCH) {
    const welch = welchTest(before, after);
    return welch && { basis: 'run to run', low: welch.low, high: welch.high };
  }
  if (before.length < FEWEST_FOR_PREDICTION) return undefined;
  // One new run among those of the baseline: how far may it be off? Two are judged like one, which is cautious.
  const predicted = predictionInterval(before);
  const mean = meanOf(after);
  return predicted && { basis: 'prediction', low: mean - predicted.high, high: mean - predicted.low };
}

/** From how a quantile scatters inside each run, as a log ratio. */
export function withinRuns(
  first: readonly SteadySeries[],
  second: readonly SteadySeries[],
  quantile: number,
  { random, resamples = 1000 }: { readonly random: Random; readonly resamples?: number },
): Bounds & { readonly basis: Basis } {
  const [before, after] = [first, second].map((runs) =>
    runs.map(({ values }) => {
      const blockLength = BLOCK_FACTOR * blockLengthFor(values.length);
      return bootstrapQuantiles(values, [quantile], { random, resamples, blockLength })[0] ?? new Float64Array();
    }),
  ) as [Float64Array[], Float64Array[]];
  const differences = Float64Array.from({ length: resamples }, (_, index) => {
    const logAt = (runs: readonly Float64Array[]): number => meanOf(runs.map((run) => Math.log(run[index] ?? 1)));
    return logAt(after) - logAt(before);
  }).sort();
  return {
    basis: 'within runs',
    low: quantileOfSorted(differences, 0.025),
    high: quantileOfSorted(differences, 0.975),
  };
}

/** Error rates of both sides, and the wider of two intervals: that of the counts, and where there are three runs a side that between them. */
export function errorsAcross(
  first: readonly SteadySeries[],
  second: readonly SteadySeries[],
): { readonly baseline: number; readonly candidate: number; readonly interval: Bounds; readonly basis: Basis } {
  const [before, after] = [countOf(first), countOf(second)];
  const rates = { baseline: before.hits / before.trials, candidate: after.hits / after.trials };
  const counted = rateDifference(before, after, LEVEL);
  if (Math.min(first.length, second.length) < FEWEST_FOR_WELCH) {
    return { ...rates, interval: counted, basis: 'within runs' };
  }
  const welch = welchTest(first.map(rateOf), second.map(rateOf)) ?? counted;
  const interval = { low: Math.min(counted.low, welch.low), high: Math.max(counted.high, welch.high) };
  return { ...rates, interval, basis: 'run to run' };
}

function rateOf({ errors, requests }: SteadySeries): number {
  return errors / requests;
}

function countOf(runs: readonly SteadySeries[]): { hits: number; trials: number } {
  return {
    hits: runs.reduce((sum, { errors }) => sum + errors, 0),
    trials: runs.reduce((sum, { requests }) => sum + requests, 0),
  };
}

/** @param values at least one. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
