import { addCells, clearHistogram, createHistogram, quantilesOf } from '../shared/histogram.ts';
import type { MetricSeries, ReportData } from '../shared/report-data.ts';
import { type Points, resampled, type Values } from '../shared/series.ts';
import type { LaneDefinition, LaneSeries } from './lane.ts';

/** A lane for a metric of the test: quantiles of a histogram, events per second of a counter or a rate. */
export function metricLane({ name, kind, unit }: MetricSeries): LaneDefinition {
  return {
    id: `metric ${name}`,
    title: () => name,
    unit: kind === 'histogram' ? unit || 'value' : 'per second',
    height: 120,
    series: (run, points) => {
      const metric = run.metrics.find((each) => each.name === name);
      if (metric === undefined) return [];
      return metric.kind === 'histogram' ? histogramLines(run, metric, points) : [eventLine(run, metric, points)];
    },
    limits: (run) => run.limits.filter(({ target }) => target.kind === 'metric' && target.name === name),
  };
}

function eventLine(run: ReportData, { counts, fromMs, stepMs }: MetricSeries, points: Points): LaneSeries {
  const values = Array.from(counts, (count) => (count * 1000) / stepMs);
  return {
    name: 'rate',
    values: resampled(run, { fromMs, stepMs, values }, points),
    colour: 'blue',
    isStepped: true,
    isFilled: true,
  };
}

function histogramLines(run: ReportData, metric: MetricSeries, { starts, perPoint }: Points): LaneSeries[] {
  const { cells, sums, counts, fromMs, stepMs } = metric;
  const [mean, p50, p95]: [Values, Values, Values] = [[], [], []];
  const histogram = createHistogram();
  for (const start of starts) {
    const first = Math.max(0, Math.floor((start * run.binMs - fromMs) / stepMs));
    const last = Math.max(first + 1, Math.round(((start + perPoint) * run.binMs - fromMs) / stepMs));
    clearHistogram(histogram);
    if (cells !== undefined) addCells(histogram, cells, first, last);
    const [median = null, tail = null] = quantilesOf(histogram, [0.5, 0.95]) ?? [];
    p50.push(median);
    p95.push(tail);
    mean.push(meanOfSteps(sums ?? [], counts, first, last));
  }
  return [
    { name: 'mean', values: mean, colour: 'blue', width: 2, isStepped: true },
    { name: 'p50', values: p50, colour: 'teal', dash: [6, 3], isStepped: true },
    { name: 'p95', values: p95, colour: 'orange', isStepped: true },
  ];
}

function meanOfSteps(
  sums: readonly (number | null)[],
  counts: Uint32Array,
  first: number,
  last: number,
): number | null {
  let [sum, count] = [0, 0];
  for (let step = first; step < last; step += 1) {
    sum += sums[step] ?? 0;
    count += counts[step] ?? 0;
  }
  return count === 0 ? null : sum / count;
}
