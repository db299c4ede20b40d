export { buildRunRecord, metricsOfSpan, type RunDetails } from './build-record.ts';
export type { ErrorExample } from './error-example-record.ts';
export { createErrorExamples } from './error-examples.ts';
export type {
  GeneratorSecond,
  MachineSecond,
  ValidityFinding,
  ValidityInterval,
  ValidityRecord,
} from './generator-record.ts';
export { machineFacts, machineHere } from './machine-facts.ts';
export {
  type ArtilleryTotal,
  addMeasurements,
  type Measurements,
  type MetricSet,
  NO_MEASUREMENTS,
  type Slice,
} from './metrics.ts';
export { metricsCsv } from './metrics-csv.ts';
export { type ArtilleryPhase, createRecorder, phaseName, type Recording } from './recorder.ts';
export { createRedactor, outputRedactor, type Redactor, redactSecrets } from './redact.ts';
export { redactRun } from './redact-run.ts';
export type { RequestSummary } from './request-record.ts';
export { createRunFolder, readRun, writeRun } from './run-folder.ts';
export type { RuleResult, RuleTerm, RunEnding, RunRecord, VerdictRecord } from './run-record.ts';
