import type { Quantiles } from './report-data.ts';

/** A change that is marked in the charts of a trend. */
export interface MarkedChange {
  /** The place of the first run after it, from 0. */
  readonly at: number;
  /** Empty: all requests. */
  readonly endpoint: string;
  readonly chart: 'times' | 'errors';
  /** In words. */
  readonly text: string;
}

/** What the scripts of a trend need. */
export interface TrendData {
  /** In the order of time. */
  readonly rows: readonly TrendRow[];
  readonly changes: readonly MarkedChange[];
}

/** One run in a row of runs. */
export interface TrendRow {
  readonly name: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly verdict: string;
  readonly tone: 'good' | 'bad' | 'warn';
  readonly commit: string | undefined;
  readonly requests: number;
  readonly perSecond: number;
  /** 0 to 1. */
  readonly errorShare: number | undefined;
  readonly times: Quantiles | undefined;
  /** Times to the last or to the first byte: they must not be compared with each other. */
  readonly measure: 'response' | 'firstByte';
  readonly endpoints: Readonly<Record<string, Quantiles>>;
}
