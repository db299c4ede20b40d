import type { Bounds } from './hodges-lehmann.ts';
import { quantileOfSorted } from './quantile.ts';

/** The 97.5 % quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/** A slope per step, with its interval of 95 %. */
export interface Slope extends Bounds {
  readonly slope: number;
}

/**
 * The slope of Theil and Sen of a series, and its interval by the variance of Kendall's statistic (P. K. Sen, Journal of the American Statistical
 * Association 63, 1968): a few wild values move it little. It takes the values as independent: give it means of batches.
 *
 * @param values evenly spaced, at least 8.
 * @returns undefined: too few values.
 */
export function senSlope(values: ArrayLike<number>): Slope | undefined {
  const count = values.length;
  if (count < 8) return undefined;
  const slopes: number[] = [];
  for (let later = 1; later < count; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      slopes.push(((values[later] ?? 0) - (values[earlier] ?? 0)) / (later - earlier));
    }
  }
  slopes.sort((a, b) => a - b);
  const spread = Z * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const rank = (from: number): number => Math.min(slopes.length - 1, Math.max(0, from));
  return {
    slope: quantileOfSorted(slopes, 0.5),
    low: slopes[rank(Math.floor((slopes.length - spread) / 2))] ?? Number.NaN,
    high: slopes[rank(Math.ceil((slopes.length + spread) / 2))] ?? Number.NaN,
  };
}
