/**
 * P-values adjusted by Holm's step-down method: what stays below α holds for the whole family with a family-wise error of
 * α, whatever the dependence between the tests (S. Holm, Scandinavian Journal of Statistics 6, 1979).
 *
 * @param pValues 0–1, in any order.
 * @returns in the same order, 0–1.
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  [...pValues.entries()]
    .sort(([, a], [, b]) => a - b)
    .forEach(([index, p], rank) => {
      largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
      adjusted[index] = largest;
    });
  return adjusted;
}
