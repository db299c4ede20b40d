import { studentQuantile } from './student-t.ts';

/** A ratio of two sums, with the interval of 95 % that it is likely to lie in. */
export interface RatioInterval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** Batches of neighbours: enough for a deviation, and each longer than the memory of most series. */
const BATCHES = 12;

/**
 * The ratio of two sums over time, with the interval of 95 % from leaving out one batch of neighbours after another (the jackknife of
 * M. H. Quenouille and J. W. Tukey, with batch means for the dependence in time).
 *
 * @param whole as long as `part`, values of 0 or more. @param batches at most; 2 or more.
 * @returns undefined if the whole is 0. Without two values, the interval is as wide as can be.
 *
 * @example ratioInterval([1, 1, 1], [2, 2, 2]) // { ratio: 0.5, low: 0.5, high: 0.5 }
 */
export function ratioInterval(
  part: ArrayLike<number>,
  whole: ArrayLike<number>,
  batches: number = BATCHES,
): RatioInterval | undefined {
  const count = Math.min(batches, whole.length);
  const parts = batchSums(part, count);
  const wholes = batchSums(whole, count);
  const [allPart, allWhole] = [sum(parts), sum(wholes)];
  if (!(allWhole > 0)) return undefined;
  const ratio = allPart / allWhole;
  const without = wholes.flatMap((each, batch) => {
    const rest = allWhole - each;
    return rest > 0 ? [(allPart - (parts[batch] ?? 0)) / rest] : [];
  });
  if (without.length < 2) return { ratio, low: -Infinity, high: Infinity };
  const mean = sum(without) / without.length;
  const spread = without.reduce((total, each) => total + (each - mean) ** 2, 0);
  const error = Math.sqrt((spread * (without.length - 1)) / without.length);
  const half = studentQuantile(0.975, without.length - 1) * error;
  return { ratio, low: ratio - half, high: ratio + half };
}

function batchSums(values: ArrayLike<number>, count: number): number[] {
  const sums = Array.from({ length: count }, () => 0);
  for (let index = 0; index < values.length; index += 1) {
    const batch = Math.min(count - 1, Math.floor((index * count) / values.length));
    sums[batch] = (sums[batch] ?? 0) + (values[index] ?? 0);
  }
  return sums;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
