import { quantileOfSorted } from './quantile.ts';
import { signedRankTail } from './signed-rank.ts';

/** The means of all pairs of values and of each value with itself, in ascending order. */
export type WalshAverages = { readonly sorted: Float64Array; readonly count: number };

/**
 * The Walsh averages of values: the estimate and every interval of {@link signedRankInterval} are read off them.
 *
 * @param values at least one, finite, in any order.
 */
export function walshAverages(values: readonly number[]): WalshAverages {
  const count = values.length;
  const sorted = new Float64Array((count * (count + 1)) / 2);
  let next = 0;
  for (let first = 0; first < count; first += 1) {
    for (let second = first; second < count; second += 1) {
      sorted[next] = ((values[first] ?? 0) + (values[second] ?? 0)) / 2;
      next += 1;
    }
  }
  return { sorted: sorted.sort(), count };
}

/**
 * The Hodges–Lehmann estimate of the middle of a symmetrical distribution: the median of the Walsh averages. Half as many
 * outliers as 29 % of the values cannot carry it away (J. L. Hodges and E. L. Lehmann, Annals of Mathematical Statistics 34, 1963).
 */
export function hodgesLehmann(averages: WalshAverages): number {
  return quantileOfSorted(averages.sorted, 0.5);
}

/** Between which values the middle lies. Infinite where so few values cannot say. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * The exact signed-rank interval: both ends are Walsh averages, and the middle lies below the lower end with a chance of at most
 * `level`, as it does above the upper one (J. W. Tukey, 1949; as `wilcox.test(conf.int = TRUE)` of R).
 *
 * @param level of each side, 0–0.5: 0.025 for an interval of 95 %.
 */
export function signedRankInterval({ sorted, count }: WalshAverages, level: number): Bounds {
  const rank = criticalRank(count, level);
  if (rank === 0) return { low: -Infinity, high: Infinity };
  return { low: sorted[rank - 1] ?? -Infinity, high: sorted[sorted.length - rank] ?? Infinity };
}

const tails = new Map<number, Float64Array>();

/** Of how many ranks a sum is at most that likely: the lower end is the Walsh average of this rank, from 1; 0 for none. */
function criticalRank(count: number, level: number): number {
  const tail = tails.get(count) ?? signedRankTail(Array.from({ length: count }, (_, index) => 2 * (index + 1)));
  tails.set(count, tail);
  let rank = 0;
  // P(V ≤ rank) is, by symmetry, the tail from (all − rank) on.
  while ((tail[tail.length - 1 - 2 * rank] ?? 1) <= level) rank += 1;
  return rank;
}
