import type { Cells } from './cells.ts';
import { bucketOf, LARGEST_BUCKET, valueOfBucket } from './log-buckets.ts';

/** Values counted by bucket. Reused by clearing, since one is needed for every point of a chart. */
export interface Histogram {
  /** Index: bucket + LARGEST_BUCKET. */
  readonly counts: Float64Array;
  /** Number of values. */
  total: number;
  /** The outermost buckets in use; lowest > highest while it is empty. */
  lowest: number;
  highest: number;
}

/** An empty histogram. */
export function createHistogram(): Histogram {
  return {
    counts: new Float64Array(2 * LARGEST_BUCKET + 1),
    total: 0,
    lowest: LARGEST_BUCKET + 1,
    highest: -LARGEST_BUCKET - 1,
  };
}

/** Forgets all values. */
export function clearHistogram(histogram: Histogram): void {
  if (histogram.total > 0) {
    histogram.counts.fill(0, histogram.lowest + LARGEST_BUCKET, histogram.highest + LARGEST_BUCKET + 1);
  }
  histogram.total = 0;
  histogram.lowest = LARGEST_BUCKET + 1;
  histogram.highest = -LARGEST_BUCKET - 1;
}

/** Adds the values of the bins from `from` up to but without `to`. */
export function addCells(histogram: Histogram, { starts, buckets, counts }: Cells, from: number, to: number): void {
  const last = Math.min(to, starts.length - 1);
  for (let entry = starts[from] ?? 0, end = starts[last] ?? 0; entry < end; entry += 1) {
    addBucket(histogram, buckets[entry] ?? 0, counts[entry] ?? 0);
  }
}

/** Adds `count` values of one bucket. */
export function addBucket(histogram: Histogram, bucket: number, count: number): void {
  const index = bucket + LARGEST_BUCKET;
  histogram.counts[index] = (histogram.counts[index] ?? 0) + count;
  histogram.total += count;
  if (bucket < histogram.lowest) histogram.lowest = bucket;
  if (bucket > histogram.highest) histogram.highest = bucket;
}

/**
 * Quantiles (Hyndman and Fan, type 7) to within 1 %, in the order of `probabilities`, which ascend from 0 to 1; undefined
 * when the histogram is empty.
 */
export function quantilesOf(histogram: Histogram, probabilities: readonly number[]): number[] | undefined {
  const { counts, total, lowest } = histogram;
  if (total === 0) return undefined;
  let bucket = lowest;
  let seen = counts[bucket + LARGEST_BUCKET] ?? 0;
  /** The value of that rank, from 0; ranks must ascend. */
  const valueAt = (rank: number): number => {
    while (seen <= rank && bucket < histogram.highest) {
      bucket += 1;
      seen += counts[bucket + LARGEST_BUCKET] ?? 0;
    }
    return valueOfBucket(bucket);
  };
  return probabilities.map((probability) => {
    const place = probability * (total - 1);
    const rank = Math.floor(place);
    const below = valueAt(rank);
    if (place === rank) return below;
    // Look ahead without moving on: the next probability may need this bucket still.
    const above = seen > rank + 1 ? below : valueOfBucket(nextUsed(histogram, bucket));
    return below + (place - rank) * (above - below);
  });
}

function nextUsed({ counts, highest }: Histogram, bucket: number): number {
  for (let next = bucket + 1; next <= highest; next += 1) if ((counts[next + LARGEST_BUCKET] ?? 0) > 0) return next;
  return bucket;
}

/** The mean to within 1 %; undefined when the histogram is empty. */
export function meanOf({ counts, total, lowest, highest }: Histogram): number | undefined {
  if (total === 0) return undefined;
  let sum = 0;
  for (let bucket = lowest; bucket <= highest; bucket += 1) {
    sum += (counts[bucket + LARGEST_BUCKET] ?? 0) * valueOfBucket(bucket);
  }
  return sum / total;
}

/** The share of values above a limit, 0 to 1; undefined when the histogram is empty. */
export function shareAbove({ counts, total, highest }: Histogram, limit: number): number | undefined {
  if (total === 0) return undefined;
  let above = 0;
  for (let bucket = highest; bucket > bucketOf(limit); bucket -= 1) above += counts[bucket + LARGEST_BUCKET] ?? 0;
  return above / total;
}
