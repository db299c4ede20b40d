import { studentQuantile, studentUpper } from './student-t.ts';

/** How far the means of two samples are apart. */
export interface WelchTest {
  /** Mean of the second less mean of the first. */
  readonly difference: number;
  /** Standard deviation of the difference, from 0. */
  readonly error: number;
  readonly degrees: number;
  readonly low: number;
  readonly high: number;
  /** The chance of so large a difference or a larger one, were there none; 0–1. */
  readonly pGreater: number;
}

/**
 * The t test for unequal variances (B. L. Welch, Biometrika 34, 1947).
 *
 * @param level of each side of the interval, 0–0.5.
 * @returns undefined when a sample has fewer than two values: its variance is not known then.
 */
export function welchTest(first: readonly number[], second: readonly number[], level = 0.025): WelchTest | undefined {
  const [a, b] = [momentsOf(first), momentsOf(second)];
  if (a === undefined || b === undefined) return undefined;
  const difference = b.mean - a.mean;
  const [ofA, ofB] = [a.variance / a.count, b.variance / b.count];
  const error = Math.sqrt(ofA + ofB);
  if (error === 0) {
    const pGreater = difference > 0 ? 0 : 1;
    return { difference, error, degrees: Infinity, low: difference, high: difference, pGreater };
  }
  const degrees = (ofA + ofB) ** 2 / (ofA ** 2 / (a.count - 1) + ofB ** 2 / (b.count - 1));
  const half = studentQuantile(1 - level, degrees) * error;
  const pGreater = studentUpper(difference / error, degrees);
  return { difference, error, degrees, low: difference - half, high: difference + half, pGreater };
}

/** Mean and unbiased variance of a sample. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** @returns undefined for fewer than two values. */
export function momentsOf(values: readonly number[]): Moments | undefined {
  const count = values.length;
  if (count < 2) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { count, mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1) };
}
