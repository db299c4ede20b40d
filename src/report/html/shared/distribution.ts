import { type Histogram, quantilesOf } from './histogram.ts';
import { LARGEST_BUCKET, valueOfBucket } from './log-buckets.ts';

/** A point of a percentile plot. */
export interface PercentilePoint {
  /** 1 / (1 - quantile): 1 is the minimum, 10 the 90th percentile, 100 the 99th. */
  readonly odds: number;
  readonly ms: number;
}

/**
 * The quantiles of a distribution as HdrHistogram draws them: evenly spaced on a logarithmic axis of 1 / (1 - quantile), up
 * to the largest value. Empty without values.
 */
export function percentileCurve(histogram: Histogram): PercentilePoint[] {
  if (histogram.total === 0) return [];
  const last = Math.log10(Math.max(10, histogram.total));
  const odds = Array.from({ length: Math.ceil(last * 40) + 1 }, (_, index) => 10 ** Math.min(last, index / 40));
  const quantiles = quantilesOf(
    histogram,
    odds.map((each) => 1 - 1 / each),
  );
  return odds.map((each, index) => ({ odds: each, ms: quantiles?.[index] ?? 0 }));
}

/** The quantile that belongs to a place on the axis of a percentile plot, as people write it: `99.9 %`. */
export function percentileLabel(odds: number): string {
  const percent = 100 * (1 - 1 / odds);
  const digits = Math.max(0, Math.ceil(Math.log10(odds)) - 2);
  return `${percent.toFixed(digits)} %`;
}

/** A bar of a histogram. */
export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

const BARS_PER_DECADE = 20;

/** How many values lie in each step of a logarithmic axis, without gaps; zeros count into the lowest step. */
export function histogramBars({ counts, total, lowest, highest }: Histogram): Bar[] {
  if (total === 0) return [];
  const byStep = new Map<number, number>();
  for (let bucket = lowest; bucket <= highest; bucket += 1) {
    const count = counts[bucket + LARGEST_BUCKET] ?? 0;
    if (count === 0) continue;
    const step = Math.floor(Math.log10(Math.max(1e-3, valueOfBucket(bucket))) * BARS_PER_DECADE);
    byStep.set(step, (byStep.get(step) ?? 0) + count);
  }
  const [first, last] = [Math.min(...byStep.keys()), Math.max(...byStep.keys())];
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    fromMs: 10 ** ((first + index) / BARS_PER_DECADE),
    toMs: 10 ** ((first + index + 1) / BARS_PER_DECADE),
    count: byStep.get(first + index) ?? 0,
  }));
}
