import { logFactorial } from './log-gamma.ts';

/** Equal probabilities differ in their last digits; R compares with the same tolerance. */
const ALMOST = 1 + 1e-7;

/**
 * Fisher's exact test of a 2 × 2 table, two-sided: the chance of a table as unlikely as this one or more so, its sums given
 * (R. A. Fisher, Statistical Methods for Research Workers, 1934).
 *
 * @param table `[[a, b], [c, d]]`: counts, whole, from 0.
 * @returns the p-value, 0–1; 1 when a row or a column is empty.
 * @example fisherExact([[8, 2], [1, 5]]) // 0.0350
 */
export function fisherExact([[a, b], [c, d]]: readonly [readonly [number, number], readonly [number, number]]): number {
  const [row, otherRow, column] = [a + b, c + d, a + c];
  const all =
    logFactorial(row) +
    logFactorial(otherRow) +
    logFactorial(column) +
    logFactorial(b + d) -
    logFactorial(row + otherRow);
  const chance = (first: number): number =>
    Math.exp(
      all -
        logFactorial(first) -
        logFactorial(row - first) -
        logFactorial(column - first) -
        logFactorial(otherRow - column + first),
    );
  const observed = chance(a);
  let sum = 0;
  for (let first = Math.max(0, column - otherRow); first <= Math.min(row, column); first += 1) {
    const probability = chance(first);
    if (probability <= observed * ALMOST) sum += probability;
  }
  return Math.min(1, sum);
}
