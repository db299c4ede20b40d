import type { ColumnName, Samples } from '../../../record/samples/index.ts';

/** The columns of the samples that a report needs. */
export const REPORT_COLUMNS = [
  'due',
  'queued',
  'firstByte',
  'lastByte',
  'status',
  'error',
  'bytesUp',
  'bytesDown',
  'journey',
  'endpoint',
] as const satisfies readonly ColumnName[];

/** The samples of a run, as far as a report needs them. */
export type ReportSamples = Samples<(typeof REPORT_COLUMNS)[number]>;
