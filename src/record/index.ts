export { buildRunRecord, metricsOfRecord, type RunDetails } from './build-record.ts';
export {
  type ArtilleryPeriod,
  type MetricSet,
  type MetricWindow,
  NOTHING_MEASURED,
  totalOf,
  WINDOW_MS,
  windowOf,
} from './metrics.ts';
export { metricsCsv } from './metrics-csv.ts';
export { type ArtilleryPhase, createRecorder, type Recorder, type Recording } from './recorder.ts';
export { redactSecrets } from './redact.ts';
export { createRunFolder, readRun, runFolderName, writeRun } from './run-folder.ts';
export {
  type PhaseRecord,
  parseRunRecord,
  RUN_VERSION,
  type RuleResult,
  type RuleTerm,
  type RunEnding,
  type RunRecord,
  type VerdictRecord,
} from './run-record.ts';
