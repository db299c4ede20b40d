/**
 * q-values: what stays below q holds with at most a share q of false discoveries among all that is found, for independent or
 * positively dependent tests (Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57, 1995).
 *
 * @param pValues 0–1, in any order.
 * @returns in the same order, 0–1.
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  [...pValues.entries()]
    .sort(([, a], [, b]) => b - a)
    .forEach(([index, p], position) => {
      smallest = Math.min(smallest, (p * pValues.length) / (pValues.length - position));
      adjusted[index] = smallest;
    });
  return adjusted;
}
