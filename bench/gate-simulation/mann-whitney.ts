import { normalUpper } from 'proving-ground/stats/normal.ts';

/**
 * The rank-sum test of Mann and Whitney, one-sided, with the normal approximation and ties corrected.
 *
 * @returns the chance of values so much greater in `second`, were there no difference.
 */
export function mannWhitneyGreater(first: readonly number[], second: readonly number[]): number {
  const all = [...first.map((value) => ({ value, own: 0 })), ...second.map((value) => ({ value, own: 1 }))].sort(
    (a, b) => a.value - b.value,
  );
  let [ranks, ties] = [0, 0];
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (all[to + 1]?.value === all[from]?.value) to += 1;
    const size = to - from + 1;
    ties += size ** 3 - size;
    for (let index = from; index <= to; index += 1) ranks += (all[index]?.own ?? 0) * ((from + to) / 2 + 1);
    from = to + 1;
  }
  const [m, n] = [first.length, second.length];
  const above = ranks - (n * (n + 1)) / 2 - (m * n) / 2;
  const variance = ((m * n) / 12) * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
  return normalUpper((above - 0.5) / Math.sqrt(variance));
}

/** Interval of the shift between two samples, from their sorted differences and the normal approximation. */
export function shiftInterval(
  first: readonly number[],
  second: readonly number[],
  z: number,
): { readonly estimate: number; readonly low: number; readonly high: number } {
  const differences = second.flatMap((b) => first.map((a) => b - a)).sort((a, b) => a - b);
  const [m, n] = [first.length, second.length];
  const rank = Math.max(0, Math.floor((m * n) / 2 - z * Math.sqrt((m * n * (m + n + 1)) / 12)));
  const at = (index: number): number => differences[index] ?? 0;
  const middle = (differences.length - 1) / 2;
  return {
    estimate: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    low: at(rank),
    high: at(differences.length - 1 - rank),
  };
}
