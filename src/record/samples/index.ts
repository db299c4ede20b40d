export { compactSamples } from './compact-samples.ts';
export { readSamples } from './read-samples.ts';
export { outcomesOf } from './request-outcome.ts';
export { NONE, type SampleBatch, SampleBuffer } from './sample-buffer.ts';
export type { ColumnName, Samples } from './sample-columns.ts';
export { createSampleWriter, type SampleWriter } from './sample-writer.ts';
export { type PhaseTimes, samplesRecordOf } from './samples-record.ts';
export { SUMMARY_COLUMNS } from './summarise-requests.ts';
