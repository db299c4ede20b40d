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

/**
 * Whether the time of a sample counts as a response time: it was answered, or it timed out and took at least so long. One
 * that was refused at once would make a broken system look fast.
 */
export function isTimed({ error, status, names }: ReportSamples, row: number): boolean {
  const code = error[row] ?? -1;
  return code < 0 ? (status[row] ?? 0) > 0 : names.error[code] === 'ETIMEDOUT';
}
