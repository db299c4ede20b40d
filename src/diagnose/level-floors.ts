import { quantileOfSorted, trendOf } from '../stats/index.ts';

/** Parts of a run whose lowest levels are compared. */
const PARTS = 10;

/** Below this chance, a trend is no accident. */
const CLEAR_TREND = 0.01;

/**
 * The lowest level of each part of a run: what is always in use. The tenth percentile and not the least, since one look may fall
 * into a moment without a request.
 */
export function floorsOf(values: Float64Array): number[] {
  const parts = Math.min(PARTS, values.length);
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * values.length) / parts);
    const own = values.slice(from, Math.floor(((part + 1) * values.length) / parts)).sort();
    return quantileOfSorted(own, 0.1);
  });
}

/** Whether what is always in use grows from part to part (Mann–Kendall). */
export function isRising(floors: readonly number[]): boolean {
  const { slope, p } = trendOf(floors);
  return slope >= 0 && p <= CLEAR_TREND && (floors.at(-1) ?? 0) > (floors[0] ?? 0);
}
