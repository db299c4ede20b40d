import type { Random } from 'proving-ground/stats/random.ts';
import { createWeightedPick } from './random/distributions.ts';

/** A span of time, as ISO 8601 in UTC; what `from` and `to` of a request take. */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/**
 * The end of the platform's data, whose last second is 2026-06-30T23:59:59Z; `to` is not part of a range. "The last 24
 * hours" count back from here, so that each run asks for the same.
 */
export const DATA_END_MS = Date.parse('2026-07-01T00:00:00Z');

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far back people look, the near past most often. A quarter is all there is. */
const pickSpan = createWeightedPick(
  [
    { milliseconds: DAY_MS, weight: 45 },
    { milliseconds: 7 * DAY_MS, weight: 30 },
    { milliseconds: 30 * DAY_MS, weight: 17 },
    { milliseconds: 90 * DAY_MS, weight: 8 },
  ],
  ({ weight }) => weight,
);

/** The last 24 hours, 7 days, 30 days or the last quarter. */
export function drawRecentRange(random: Random): TimeRange {
  const { milliseconds } = pickSpan(random);
  return { from: iso(DATA_END_MS - milliseconds), to: iso(DATA_END_MS) };
}

/** How long a range is, in days. */
export function daysOf({ from, to }: TimeRange): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** A moment as the platform reads it, without milliseconds. */
export function iso(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
