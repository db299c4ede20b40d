import type { Interval } from './interval.ts';
import type { Measure } from './report-data.ts';
import type { Selection } from './select.ts';

/** The chart that shows what a rule is about, and the part of it. */
export interface Focus {
  readonly chart: 'latency' | 'errors' | 'rates' | 'metric';
  readonly selection: Selection;
  readonly measure: Measure | undefined;
  readonly metric: string | undefined;
  readonly interval: Interval;
}
