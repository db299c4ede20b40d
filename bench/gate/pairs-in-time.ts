import { DEFAULT_MINUTES } from 'proving-ground/cli/gate/run-gate.ts';
import { quantileOfSorted } from 'proving-ground/stats/quantile.ts';

/**
 * How many pairs fit into the time of a gate, by how long these took: the median of the time from one to the next, since a study may be
 * interrupted between two.
 *
 * @param measuredAt when each pair was ready, ISO 8601, in any order.
 * @returns at least 1; Infinity where nobody can tell.
 */
export function pairsInTime(measuredAt: readonly string[]): number {
  const times = measuredAt.map(Date.parse).toSorted((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  if (gaps.length === 0) return Infinity;
  const medianMs = quantileOfSorted(
    gaps.toSorted((a, b) => a - b),
    0.5,
  );
  return Math.max(1, Math.floor((DEFAULT_MINUTES * 60_000) / medianMs));
}
