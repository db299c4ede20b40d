/**
 * Twice the rank of each absolute difference, so that the mean ranks of ties are whole numbers; 0 for a difference of 0, which
 * has no sign and takes no part (F. Wilcoxon, Biometrics Bulletin 1, 1945).
 *
 * @example doubledRanks([0.3, -0.1, 0, 0.1]) // [6, 3, 0, 3]
 */
export function doubledRanks(differences: readonly number[]): number[] {
  const ranks = new Array<number>(differences.length).fill(0);
  const order = [...differences.entries()]
    .filter(([, difference]) => difference !== 0)
    .map(([index, difference]) => ({ index, size: Math.abs(difference) }))
    .sort((a, b) => a.size - b.size);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (order[to + 1]?.size === order[from]?.size) to += 1;
    // Ranks from + 1 to to + 1; twice their mean is their first plus their last.
    for (const { index } of order.slice(from, to + 1)) ranks[index] = from + to + 2;
    from = to + 1;
  }
  return ranks;
}

/**
 * The exact distribution of the signed-rank statistic, ties or not: each rank counts or not, with a chance of one half.
 *
 * @param doubled twice the ranks, whole, from 0.
 * @returns at index v the chance that twice the sum of the ranks of positive differences is v or more.
 */
export function signedRankTail(doubled: readonly number[]): Float64Array {
  const most = doubled.reduce((sum, rank) => sum + rank, 0);
  const chance = new Float64Array(most + 1);
  chance[0] = 1;
  let reached = 0;
  for (const rank of doubled) {
    if (rank === 0) continue;
    reached += rank;
    for (let sum = reached; sum >= 0; sum -= 1) {
      chance[sum] = ((chance[sum] ?? 0) + (sum >= rank ? (chance[sum - rank] ?? 0) : 0)) / 2;
    }
  }
  for (let sum = most - 1; sum >= 0; sum -= 1) chance[sum] = (chance[sum] ?? 0) + (chance[sum + 1] ?? 0);
  return chance;
}

/** What the exact signed-rank test says of differences of pairs. All p-values 0–1. */
export interface SignedRankTest {
  /** Sum of the ranks of the positive differences. */
  readonly statistic: number;
  /** The chance of such a sum or a greater one, were the differences symmetrical around 0. */
  readonly pGreater: number;
  readonly pLess: number;
  readonly pTwoSided: number;
}

/**
 * Wilcoxon's signed-rank test, exact for any number of ties: the distribution is that of all signs, the sizes given. Without
 * differences other than 0 all p-values are 1.
 *
 * @example signedRankTest([1, 2, 3, -4, 5]).pGreater // 0.21875
 */
export function signedRankTest(differences: readonly number[]): SignedRankTest {
  const ranks = doubledRanks(differences);
  const tail = signedRankTail(ranks);
  const statistic = ranks.reduce((sum, rank, index) => sum + ((differences[index] ?? 0) > 0 ? rank : 0), 0);
  const pGreater = tail[statistic] ?? 1;
  // The distribution is symmetrical: as far below its middle is as likely as above it.
  const pLess = tail[tail.length - 1 - statistic] ?? 1;
  return { statistic: statistic / 2, pGreater, pLess, pTwoSided: Math.min(1, 2 * Math.min(pGreater, pLess)) };
}
