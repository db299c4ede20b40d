import { bestSplit, changePoints, type Random, trendOf } from '../../stats/index.ts';

/** One figure over the history; undefined in runs that lack it. */
export type Series = readonly (number | undefined)[];

/** What a series does. Indices count the values that are there. */
export type Course =
  | { readonly kind: 'steady' }
  /** The index of the first value after each change, in the order of time; p of the clearest, for all series together. */
  | { readonly kind: 'steps'; readonly at: readonly number[]; readonly p: number }
  /** Up or down all the time: the middle slope, per run. */
  | { readonly kind: 'drift'; readonly slope: number; readonly p: number };

/** How changes are looked for. */
export interface JointOptions {
  readonly random: Random;
  /** The chance that any series of a history without changes is said to change, 0–1. */
  readonly alpha: number;
  readonly permutations: number;
}

/** Fewest runs between two changes. */
const MIN_SIZE = 5;

/** Further changes of a series that changed for sure. */
const FURTHER_ALPHA = 0.01;

/**
 * What many series of the same runs do, with one chance of a false alarm for all of them. Runs are shuffled as a whole, so that series which
 * move together count as little as they tell; a series changes when its clearest split (E-divisive) or its trend (Mann and Kendall) is clearer than
 * the clearest of all series in all but a share of the shuffles (max-T of Westfall and Young; half of alpha for each of the two).
 *
 * @param series all as long as the history, in the order of time.
 */
export function jointChanges(series: readonly Series[], options: JointOptions): Course[] {
  const { random, alpha, permutations } = options;
  // The same in every shuffle.
  const spreads = series.map((each) => meanDistance(presentIn(each)));
  const found = series.map((each, index) => statisticsOf(each, spreads[index] ?? 0));
  const order = Array.from({ length: Math.max(0, ...series.map(({ length }) => length)) }, (_, index) => index);
  const asClear = series.map(() => ({ split: 0, trend: 0 }));
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    shuffle(order, random);
    const shuffled = series.map((each, which) =>
      statisticsOf(
        order.map((index) => each[index]),
        spreads[which] ?? 0,
      ),
    );
    const [split, trend] = [
      Math.max(...shuffled.map((each) => each.split)),
      Math.max(...shuffled.map((each) => each.trend)),
    ];
    found.forEach((each, index) => {
      const counts = asClear[index];
      if (counts === undefined) return;
      if (split >= each.split) counts.split += 1;
      if (trend >= each.trend) counts.trend += 1;
    });
  }
  const p = (count: number): number => (count + 1) / (permutations + 1);
  return series.map((each, index) => {
    const counts = asClear[index] ?? { split: permutations, trend: permutations };
    return courseOf(presentIn(each), { split: p(counts.split), trend: p(counts.trend) }, alpha / 2, random);
  });
}

interface Statistics {
  /** Energy distance of the best split, by the mean distance of two values, so that series of any scale are alike. */
  readonly split: number;
  /** Of Mann and Kendall, as standard deviations. */
  readonly trend: number;
}

/** @param spread mean distance of two of its values. */
function statisticsOf(series: Series, spread: number): Statistics {
  if (spread === 0) return { split: 0, trend: 0 };
  const values = presentIn(series);
  return { split: (bestSplit(values, MIN_SIZE)?.distance ?? 0) / spread, trend: monotony(values) };
}

/** The count of Mann and Kendall, in standard deviations without ties: ties are the same in every shuffle. */
function monotony(values: readonly number[]): number {
  const count = values.length;
  let rises = 0;
  for (let later = 1; later < count; later += 1) {
    const value = values[later] ?? 0;
    for (let earlier = 0; earlier < later; earlier += 1) rises += Math.sign(value - (values[earlier] ?? 0));
  }
  return Math.abs(rises) / Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
}

function meanDistance(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const count = sorted.length;
  // Every gap is passed by each pair that it lies between.
  const sum = sorted.reduce((total, value, index) => total + value * (2 * index - count + 1), 0);
  return count < 2 ? 0 : (2 * sum) / (count * (count - 1));
}

function courseOf(values: readonly number[], p: Statistics, level: number, random: Random): Course {
  const { slope } = trendOf(values);
  const drift = { kind: 'drift', slope, p: p.trend } as const;
  if (p.split <= level) {
    const at = stepsIn(values, random);
    // To splits a drift looks like a staircase, which fits anything: a line that fits better than the clearest step is a drift.
    const clearest = bestSplit(values, MIN_SIZE)?.split ?? 0;
    const isDrift = p.trend <= level && misfitOfLine(values, slope) < misfitOfStep(values, clearest);
    return isDrift ? drift : { kind: 'steps', at, p: p.split };
  }
  return p.trend <= level ? drift : { kind: 'steady' };
}

/** At least one: that there is one is known. */
function stepsIn(values: readonly number[], random: Random): number[] {
  const clear = changePoints(values, { random, minSize: MIN_SIZE, alpha: FURTHER_ALPHA });
  if (clear.length > 0) return clear.map(({ index }) => index);
  const best = bestSplit(values, MIN_SIZE);
  return best === undefined ? [] : [best.split];
}

/** Mean distance of the values from the medians before and after a step. */
function misfitOfStep(values: readonly number[], at: number): number {
  return misfit([values.slice(0, at), values.slice(at)]);
}

/** Mean distance of the values from the line with that slope. */
function misfitOfLine(values: readonly number[], slope: number): number {
  return misfit([values.map((value, index) => value - slope * index)]);
}

function misfit(segments: readonly (readonly number[])[]): number {
  const distances = segments.flatMap((segment) => {
    const middle = segment.toSorted((a, b) => a - b)[Math.floor(segment.length / 2)] ?? 0;
    return segment.map((value) => Math.abs(value - middle));
  });
  return distances.reduce((sum, each) => sum + each, 0) / Math.max(1, distances.length);
}

function presentIn(series: Series): number[] {
  return series.filter((value) => value !== undefined);
}

function shuffle(order: number[], random: Random): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
}
