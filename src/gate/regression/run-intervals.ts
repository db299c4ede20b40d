import { type Bounds, predictionInterval, quantileOfSorted, welchTest } from '../../stats/index.ts';
import { rateDifference } from '../../stats/rate-difference.ts';

/** Of a run: requests, at least 1, and how many of them failed. */
interface Counted {
  readonly requests: number;
  readonly errors: number;
}

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

/** Whether there are enough runs to say how runs differ. */
export function tellsRunsApart(before: number, after: number): boolean {
  return Math.min(before, after) >= FEWEST_FOR_WELCH || before >= FEWEST_FOR_PREDICTION;
}

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

/**
 * From how a quantile scatters inside each run, as a log ratio.
 *
 * @param before for each run its resampled logarithms, equally many. @param after likewise.
 */
export function withinRuns(
  before: readonly Float64Array[],
  after: readonly Float64Array[],
): Bounds & { readonly basis: Basis } {
  const logAt = (runs: readonly Float64Array[], index: number): number => meanOf(runs.map((run) => run[index] ?? 0));
  const resamples = Math.min(...[...before, ...after].map(({ length }) => length));
  const differences = Float64Array.from(
    { length: resamples },
    (_, index) => logAt(after, index) - logAt(before, index),
  ).sort();
  return {
    basis: 'within runs',
    low: quantileOfSorted(differences, 0.025),
    high: quantileOfSorted(differences, 0.975),
  };
}

/** Error rates of both sides, and the wider of two intervals: that of the counts, and where there are three runs a side that between them. */
export function errorsAcross(
  first: readonly Counted[],
  second: readonly Counted[],
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

function rateOf({ errors, requests }: Counted): number {
  return errors / requests;
}

function countOf(runs: readonly Counted[]): { hits: number; trials: number } {
  return {
    hits: runs.reduce((sum, { errors }) => sum + errors, 0),
    trials: runs.reduce((sum, { requests }) => sum + requests, 0),
  };
}

/** @param values at least one. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
