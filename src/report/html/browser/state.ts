import { type Interval, wholeRun } from '../shared/interval.ts';
import type { Measure, ReportData } from '../shared/report-data.ts';
import type { Selection } from '../shared/select.ts';

/** What the reader looks at. */
export interface View {
  readonly interval: Interval;
  readonly selection: Selection;
  readonly measure: Measure;
}

/** The runs of a page and what the reader looks at; those who draw are told when it changes. */
export interface State {
  readonly runs: readonly ReportData[];
  /** As long as the longest run. */
  readonly whole: Interval;
  view(): View;
  change(change: Partial<View>): void;
  onChange(listener: () => void): void;
}

/** How a run is marked in charts and tables of two: its name may be long. */
export function runMark(index: number): string {
  return index === 0 ? 'A' : 'B';
}

/** At the beginning everything is in view. */
export function createState(runs: readonly ReportData[]): State {
  const whole = { fromMs: 0, toMs: Math.max(1000, ...runs.map((run) => wholeRun(run).toMs)) };
  const listeners: (() => void)[] = [];
  const measure = runs.some(({ source }) => source === 'samples') ? 'response' : 'firstByte';
  let view: View = { interval: whole, selection: { kind: 'all' }, measure };
  return {
    runs,
    whole,
    view: () => view,
    change: (change) => {
      view = { ...view, ...change };
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

/** Cuts an interval to the run and to at least a few seconds, so that there is always something to see. */
export function withinRun({ whole, runs }: State, { fromMs, toMs }: Interval): Interval {
  const least = 4 * Math.max(...runs.map(({ binMs }) => binMs));
  if (toMs - fromMs >= whole.toMs - whole.fromMs) return whole;
  const length = Math.max(least, toMs - fromMs);
  const from = Math.max(whole.fromMs, Math.min(fromMs, whole.toMs - length));
  return { fromMs: from, toMs: Math.min(whole.toMs, from + length) };
}
