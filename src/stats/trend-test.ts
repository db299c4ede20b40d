import { normalUpper } from './normal.ts';
import { quantileOfSorted } from './quantile.ts';

/** Whether a series goes up or down. */
export interface Trend {
  /** Median slope between all pairs of values, per step (P. K. Sen, 1968). */
  readonly slope: number;
  /** Two-sided, 0–1: the chance of so clear a trend in independent values. */
  readonly p: number;
}

/**
 * The test of Mann and Kendall, corrected for ties, and the slope of Theil and Sen (H. B. Mann, Econometrica 13, 1945). It takes values as
 * independent: give it means of batches that are longer than the memory of the series.
 *
 * @param values evenly spaced, at least 3; below, p is 1.
 */
export function trendOf(values: ArrayLike<number>): Trend {
  const slopes: number[] = [];
  let rises = 0;
  for (let later = 1; later < values.length; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      const rise = (values[later] ?? 0) - (values[earlier] ?? 0);
      rises += Math.sign(rise);
      slopes.push(rise / (later - earlier));
    }
  }
  slopes.sort((a, b) => a - b);
  const deviation = Math.sqrt(varianceOfRises(values));
  const slope = slopes.length === 0 ? 0 : quantileOfSorted(slopes, 0.5);
  if (deviation === 0 || values.length < 3) return { slope, p: 1 };
  // A step of 1 towards 0, since a count is compared with a continuous distribution.
  const z = Math.max(0, Math.abs(rises) - 1) / deviation;
  return { slope, p: Math.min(1, 2 * normalUpper(z)) };
}

function varianceOfRises(values: ArrayLike<number>): number {
  const ofGroup = (size: number): number => size * (size - 1) * (2 * size + 5);
  const sizes = new Map<number, number>();
  for (const value of Array.from(values)) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  const ties = [...sizes.values()].reduce((sum, size) => sum + ofGroup(size), 0);
  return (ofGroup(values.length) - ties) / 18;
}
