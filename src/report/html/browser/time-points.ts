import { binsPerPoint, type Interval } from '../shared/interval.ts';
import type { ReportData } from '../shared/report-data.ts';
import type { Points, Values } from '../shared/series.ts';
import type { State } from './state.ts';

/** The points of a chart of time that all runs of the page share. */
export interface TimePoints {
  /** Beginning of each point, seconds since the beginning of the run; one more than there are points. */
  readonly seconds: readonly number[];
  readonly stepMs: number;
  /** The same in the bins of a run. */
  of(run: ReportData): Points;
  /** Values of a run, filled up to the length of the longest. */
  padded(values: Values): Values;
}

/** As many points as are worth drawing on any screen. */
const POINTS = 300;

/** Points of equal length that cover an interval, at most about `most` of them. */
export function timePoints({ runs }: State, interval: Interval, most = POINTS): TimePoints {
  const stepMs = Math.max(1000, ...runs.map((run) => binsPerPoint(run, interval, most) * run.binMs));
  const first = Math.floor(interval.fromMs / stepMs);
  const last = Math.max(first + 1, Math.ceil(interval.toMs / stepMs));
  const numbers = Array.from({ length: last - first }, (_, index) => first + index);
  return {
    seconds: [...numbers, last].map((number) => (number * stepMs) / 1000),
    stepMs,
    of: ({ binMs, bins }) => {
      const perPoint = Math.max(1, Math.round(stepMs / binMs));
      return { perPoint, starts: numbers.map((number) => number * perPoint).filter((start) => start < bins) };
    },
    padded: (values) => [...values, ...Array.from({ length: numbers.length - values.length }, () => null)],
  };
}

/** `per 5 s`: what one point stands for. */
export function stepLabel({ stepMs }: TimePoints): string {
  const seconds = stepMs / 1000;
  return seconds % 60 === 0 ? `${seconds / 60} min a point` : `${seconds} s a point`;
}
