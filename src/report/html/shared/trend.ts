import type { Quantiles } from './report-data.ts';

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
