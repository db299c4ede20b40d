import { studentQuantile } from './student-t.ts';
import { momentsOf } from './welch.ts';

/**
 * Where one more value of the same kind lies: x̄ ± t · s · √(1 + 1/n), for values from a normal distribution (W. A. Shewhart's question,
 * answered by G. J. Hahn, Journal of Quality Technology 1, 1969). Wider than an interval for the mean, and never narrower than
 * the values scatter.
 *
 * @param values at least two.
 * @param level of each side, 0–0.5.
 * @returns undefined for fewer than two values.
 */
export function predictionInterval(
  values: readonly number[],
  level = 0.025,
): { readonly middle: number; readonly low: number; readonly high: number } | undefined {
  const moments = momentsOf(values);
  if (moments === undefined) return undefined;
  const { count, mean, variance } = moments;
  const half = studentQuantile(1 - level, count - 1) * Math.sqrt(variance * (1 + 1 / count));
  return { middle: mean, low: mean - half, high: mean + half };
}
