import { quantileByRank } from './quantile.ts';
import type { Random } from './random.ts';

/** How a series is drawn again. */
export interface BootstrapOptions {
  readonly random: Random;
  /** Values in a row that stay together. Default: the cube root of their number, rounded up. */
  readonly blockLength?: number;
  /** How often, default 1,000. */
  readonly resamples?: number;
}

/** The cube root of n, rounded up: long enough for the dependence, short enough to have many blocks (Hall, Horowitz and Jing, 1995). */
export function blockLengthFor(count: number): number {
  return Math.max(1, Math.ceil(Math.cbrt(count) - 1e-9));
}

/**
 * Quantiles of a series that was drawn again, many times, in overlapping blocks of neighbours: how far they would scatter from
 * run to run if the series is steady and its memory shorter than a block (H. R. Künsch, Annals of Statistics 17, 1989).
 * Values drawn one by one would ignore that slow requests come together, and give intervals far too narrow.
 *
 * @param series in the order of time, at least one value.
 * @param quantiles 0–1.
 * @returns per quantile, one value per resample.
 */
export function bootstrapQuantiles(
  series: ArrayLike<number>,
  quantiles: readonly number[],
  options: BootstrapOptions,
): Float64Array[] {
  const count = series.length;
  const length = Math.min(count, options.blockLength ?? blockLengthFor(count));
  const resamples = options.resamples ?? 1000;
  const { sorted, rankOf } = ranksOf(series);
  const results = quantiles.map(() => new Float64Array(resamples));
  const times = new Uint32Array(count);
  for (let resample = 0; resample < resamples; resample += 1) {
    drawBlocks(rankOf, length, options.random, times);
    results.forEach((result, index) => {
      result[resample] = quantileOfCounts(sorted, times, quantiles[index] ?? 0.5);
    });
  }
  return results;
}

/** Sorted once for all resamples: each is only a count per rank. */
function ranksOf(series: ArrayLike<number>): { sorted: Float64Array; rankOf: Uint32Array } {
  const values = Float64Array.from(series);
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const rankOf = new Uint32Array(values.length);
  order.forEach((index, rank) => {
    rankOf[index] = rank;
  });
  return { sorted: values.sort(), rankOf };
}

function drawBlocks(rankOf: Uint32Array, length: number, random: Random, times: Uint32Array): void {
  times.fill(0);
  for (let drawn = 0; drawn < rankOf.length; ) {
    const from = random.integer(0, rankOf.length - length);
    const to = from + Math.min(length, rankOf.length - drawn);
    for (let index = from; index < to; index += 1) {
      const rank = rankOf[index] ?? 0;
      times[rank] = (times[rank] ?? 0) + 1;
    }
    drawn += to - from;
  }
}

function quantileOfCounts(sorted: Float64Array, times: Uint32Array, quantile: number): number {
  let rank = -1;
  let passed = 0;
  // Asked for two ranks at most, in ascending order.
  return quantileByRank(sorted.length, quantile, (wanted) => {
    while (passed <= wanted) {
      rank += 1;
      passed += times[rank] ?? 0;
    }
    return sorted[rank] ?? Number.NaN;
  });
}
