import { incompleteBeta } from './incomplete-beta.ts';

/**
 * The value that a quantile of the population does not exceed, with the confidence asked for: the smallest order statistic of rank k for which
 * P(Bin(n, q) < k) is at least that, whatever the distribution (W. J. Conover, Practical Nonparametric Statistics, 3.2).
 *
 * @param sorted in ascending order.
 * @param q between 0 and 1.
 * @param confidence one-sided, between 0 and 1.
 * @returns undefined: so few values cannot say.
 * @example upperQuantileBound(Array.from({ length: 59 }, (_, index) => index), 0.95, 0.95) // 58: the largest of 59
 */
export function upperQuantileBound(sorted: ArrayLike<number>, q: number, confidence: number): number | undefined {
  const count = sorted.length;
  if (count < valuesNeeded(q, confidence)) return undefined;
  let [low, high] = [1, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chanceOfFewer(middle, count, q) >= confidence) high = middle;
    else low = middle + 1;
  }
  return sorted[low - 1];
}

/** How many values it takes before any of them can be the bound of a quantile. */
export function valuesNeeded(q: number, confidence: number): number {
  return Math.ceil(Math.log(1 - confidence) / Math.log(q) - 1e-9);
}

/** P(Bin(count, q) < rank), by the distribution of beta (NIST Digital Library of Mathematical Functions, 8.17.5). */
function chanceOfFewer(rank: number, count: number, q: number): number {
  return incompleteBeta(1 - q, count - rank + 1, rank);
}
