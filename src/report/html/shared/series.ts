import type { Cells } from './cells.ts';
import { addGroups, sumOf } from './figures.ts';
import { addCells, clearHistogram, createHistogram, type Histogram, quantilesOf } from './histogram.ts';
import type { Group, Measure, ReportData, StepSeries } from './report-data.ts';

/** One value for each point of a chart; null where there is none. */
export type Values = (number | null)[];

/** The points of a chart: the first bin of each, and how many bins each stands for. */
export interface Points {
  readonly starts: readonly number[];
  readonly perPoint: number;
}

/** Events per second at each point. */
export function rateSeries(data: ReportData, arrays: readonly Uint32Array[], { starts, perPoint }: Points): Values {
  return starts.map((from) => {
    const to = Math.min(data.bins, from + perPoint);
    const events = arrays.reduce((sum, array) => sum + sumOf(array, from, to), 0);
    return events / (((to - from) * data.binMs) / 1000);
  });
}

/** Quantiles of times at each point: one series for each probability. */
export function quantileSeries(
  groups: readonly Group[],
  measure: Measure,
  probabilities: readonly number[],
  { starts, perPoint }: Points,
): Values[] {
  return eachPoint(probabilities, starts, (histogram, from) => {
    addGroups(histogram, groups, measure, from, from + perPoint);
  });
}

/** The same of one row of cells. */
export function cellSeries(cells: Cells, probabilities: readonly number[], { starts, perPoint }: Points): Values[] {
  return eachPoint(probabilities, starts, (histogram, from) => {
    addCells(histogram, cells, from, from + perPoint);
  });
}

function eachPoint(
  probabilities: readonly number[],
  starts: readonly number[],
  fill: (histogram: Histogram, from: number) => void,
): Values[] {
  const histogram = createHistogram();
  const series: Values[] = probabilities.map(() => []);
  for (const from of starts) {
    clearHistogram(histogram);
    fill(histogram, from);
    const quantiles = quantilesOf(histogram, probabilities);
    series.forEach((values, index) => {
      values.push(quantiles?.[index] ?? null);
    });
  }
  return series;
}

/** Faults per second of each kind that occurs, most frequent first. */
export function faultSeries(
  data: ReportData,
  groups: readonly Group[],
  { starts, perPoint }: Points,
): { readonly kind: number; readonly values: Values }[] {
  const first = starts[0] ?? 0;
  const byKind = new Map<number, number[]>();
  for (const { faults } of groups) {
    for (const { kind, bins, counts } of faults) {
      const values = byKind.get(kind) ?? starts.map(() => 0);
      byKind.set(kind, values);
      bins.forEach((bin, index) => {
        const point = Math.floor((bin - first) / perPoint);
        if (point >= 0 && point < values.length) values[point] = (values[point] ?? 0) + (counts[index] ?? 0);
      });
    }
  }
  const seconds = (perPoint * data.binMs) / 1000;
  return [...byKind]
    .map(([kind, values]) => ({
      kind,
      total: values.reduce((a, b) => a + b, 0),
      values: values.map((n) => n / seconds),
    }))
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.total - a.total);
}

/** A series with steps of its own, at the points of a chart: the mean of the steps whose middle lies in the point. */
export function resampled(data: ReportData, series: StepSeries, { starts, perPoint }: Points): Values {
  return starts.map((from) => {
    const [fromMs, toMs] = [from * data.binMs, (from + perPoint) * data.binMs];
    const first = Math.floor((fromMs - series.fromMs) / series.stepMs);
    const last = Math.max(first + 1, Math.round((toMs - series.fromMs) / series.stepMs));
    let [sum, count] = [0, 0];
    for (let step = Math.max(0, first); step < Math.min(last, series.values.length); step += 1) {
      const value = series.values[step];
      if (value === null || value === undefined) continue;
      sum += value;
      count += 1;
    }
    return count === 0 ? null : sum / count;
  });
}

/** The mean of hundredths at each point. */
export function meanOfHundredths(array: Uint32Array, { starts, perPoint }: Points): Values {
  return starts.map((from) => {
    const to = Math.min(array.length, from + perPoint);
    return to <= from ? null : sumOf(array, from, to) / (to - from) / 100;
  });
}
