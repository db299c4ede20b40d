import { incompleteBeta } from './incomplete-beta.ts';
import { invertMonotone } from './invert-monotone.ts';

/**
 * The chance that a variable of Student's t distribution exceeds t.
 *
 * @param degrees of freedom, above 0; need not be whole (Welch).
 */
export function studentUpper(t: number, degrees: number): number {
  const tail = incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t >= 0 ? tail : 1 - tail;
}

/**
 * The quantile of Student's t distribution.
 *
 * @param p above 0 and below 1.
 * @param degrees of freedom, above 0.
 * @example studentQuantile(0.975, 7) // 2.3646
 */
export function studentQuantile(p: number, degrees: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  let high = 1;
  while (studentUpper(high, degrees) > 1 - p) high *= 2;
  return invertMonotone((t) => -studentUpper(t, degrees), p - 1, 0, high);
}
