import type { Reading } from './reading.ts';

/**
 * What a reading says about the time since the one before it.
 *
 * A counter that went down has begun again, by a restart: what it shows then is all that came since (as Prometheus' `rate`). Of a
 * ratio whose whole did not grow, and of buckets without a new value, nothing is known.
 *
 * @param last of the same series; undefined: none. @param seconds between the two, above 0.
 */
export function valueSince(last: Reading | undefined, reading: Reading, seconds: number): number | undefined {
  switch (reading.kind) {
    case 'gauge':
      return reading.value;
    case 'counter':
      if (last?.kind !== 'counter') return undefined;
      return (growth(last.value, reading.value) / seconds) * (reading.scale ?? 1);
    case 'ratio':
      return last?.kind === 'ratio' ? ratioOf(last, reading) : undefined;
    case 'buckets':
      return last?.kind === 'buckets'
        ? percentileOf(reading.bounds, newCounts(last.counts, reading.counts))
        : undefined;
  }
}

function growth(before: number, after: number): number {
  return after < before ? after : after - before;
}

type RatioReading = Extract<Reading, { kind: 'ratio' }>;

function ratioOf(last: RatioReading, { part, whole, scale = 1 }: RatioReading): number | undefined {
  const isReset = whole < last.whole || part < last.part;
  const [newPart, newWhole] = isReset ? [part, whole] : [part - last.part, whole - last.whole];
  return newWhole > 0 ? (newPart / newWhole) * scale : undefined;
}

function newCounts(before: readonly number[], after: readonly number[]): number[] {
  const isReset = before.length !== after.length || (after.at(-1) ?? 0) < (before.at(-1) ?? 0);
  return isReset ? [...after] : after.map((count, index) => count - (before[index] ?? 0));
}

const PROBABILITY = 0.95;

/**
 * The quantile of cumulative buckets, straight between the bounds, as `histogram_quantile` of Prometheus: in the last bucket,
 * which has no end, its beginning.
 */
function percentileOf(bounds: readonly number[], counts: readonly number[]): number | undefined {
  const total = counts.at(-1) ?? 0;
  if (total <= 0) return undefined;
  const rank = PROBABILITY * total;
  const index = counts.findIndex((count) => count >= rank);
  const upper = bounds[index] ?? 0;
  const lower = index === 0 ? Math.min(0, upper) : (bounds[index - 1] ?? 0);
  if (upper === Infinity) return lower;
  const below = index === 0 ? 0 : (counts[index - 1] ?? 0);
  const within = (counts[index] ?? 0) - below;
  return within <= 0 ? upper : lower + ((upper - lower) * (rank - below)) / within;
}
