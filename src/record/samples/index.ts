export { compactSamples } from './compact-samples.ts';
export { timeOrder } from './due-order.ts';
export { readSamples, sampleBatches } from './read-samples.ts';
export { outcomesOf, type RequestOutcomes } from './request-outcome.ts';
export { NONE, type SampleBatch, SampleBuffer, type SampleNames } from './sample-buffer.ts';
export type { ColumnName, SampleColumns, Samples } from './sample-columns.ts';
export { createSampleWriter, type SampleWriter } from './sample-writer.ts';
export { type PhaseTimes, samplesRecordOf } from './samples-record.ts';
export { SUMMARY_COLUMNS } from './summarise-requests.ts';
