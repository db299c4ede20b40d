/**
 * The quantile `q` of sorted values, by linear interpolation between the two nearest: Hyndman and Fan's type 7, the default
 * of R, NumPy and Polars' `linear` (Hyndman and Fan, The American Statistician 50, 1996).
 *
 * @param sorted in ascending order, at least one value.
 * @param q 0–1.
 *
 * @example quantileOfSorted([10, 20, 30, 40], 0.5) // 25
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  return quantileByRank(sorted.length, q, (rank) => sorted[rank] ?? Number.NaN);
}

/**
 * The same quantile of values that are known only by their rank.
 *
 * @param count of the values, at least 1.
 * @param valueAt the value of a rank, from 0 for the smallest to `count` − 1.
 */
export function quantileByRank(count: number, q: number, valueAt: (rank: number) => number): number {
  const position = (count - 1) * q;
  const below = Math.floor(position);
  const low = valueAt(below);
  const share = position - below;
  return share === 0 ? low : low + share * (valueAt(below + 1) - low);
}
