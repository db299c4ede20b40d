import type { ReportData } from './report-data.ts';

/** A part of a run, in milliseconds since its beginning. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Everything there is. */
export function wholeRun({ bins, binMs }: ReportData): Interval {
  return { fromMs: 0, toMs: bins * binMs };
}

/** The bins whose middle lies in the interval: from `from` up to but without `to`. */
export function binsOf({ bins, binMs }: ReportData, { fromMs, toMs }: Interval): { from: number; to: number } {
  const from = Math.min(bins, Math.max(0, Math.round(fromMs / binMs)));
  return { from, to: Math.min(bins, Math.max(from, Math.round(toMs / binMs))) };
}

const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600];

/** How many bins one point of a chart stands for, so that there are at most `points` of them. */
export function binsPerPoint({ binMs }: ReportData, { fromMs, toMs }: Interval, points: number): number {
  const wanted = (toMs - fromMs) / 1000 / points;
  const binSeconds = binMs / 1000;
  const seconds =
    STEPS.find((step) => step >= wanted && step % binSeconds === 0) ?? Math.ceil(wanted / binSeconds) * binSeconds;
  return Math.max(1, seconds / binSeconds);
}

/** The beginning of the first bin of each point; points are aligned to the run, not to the interval. */
export function pointStarts(data: ReportData, interval: Interval, perPoint: number): number[] {
  const { from, to } = binsOf(data, interval);
  const starts: number[] = [];
  for (let bin = Math.floor(from / perPoint) * perPoint; bin < to; bin += perPoint) starts.push(bin);
  return starts;
}
