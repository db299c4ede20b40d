import { cellQuantiles, sumOf } from '../shared/figures.ts';
import type { Interval } from '../shared/interval.ts';
import type { MetricSeries, Quantiles } from '../shared/report-data.ts';

function stepsOf({ fromMs, stepMs, counts }: MetricSeries, interval: Interval): { from: number; to: number } {
  const from = Math.max(0, Math.round((interval.fromMs - fromMs) / stepMs));
  return { from, to: Math.min(counts.length, Math.max(from, Math.round((interval.toMs - fromMs) / stepMs))) };
}

/** Events, or values, of a metric in an interval, to the nearest step of the metric. */
export function sumOfSteps(metric: MetricSeries, interval: Interval): number {
  const { from, to } = stepsOf(metric, interval);
  return sumOf(metric.counts, from, to);
}

/** Figures of a histogram in an interval, to the nearest step; undefined without values. */
export function quantilesOfSteps(metric: MetricSeries, interval: Interval): Quantiles | undefined {
  const { from, to } = stepsOf(metric, interval);
  return metric.cells && cellQuantiles(metric.cells, from, to);
}

/** The exact mean of a histogram in an interval; undefined without values. */
export function meanOfSteps(metric: MetricSeries, interval: Interval): number | undefined {
  const { from, to } = stepsOf(metric, interval);
  const count = sumOf(metric.counts, from, to);
  if (count === 0 || metric.sums === undefined) return undefined;
  return metric.sums.slice(from, to).reduce<number>((sum, each) => sum + (each ?? 0), 0) / count;
}
