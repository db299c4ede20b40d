export { statementTextsIn } from './postgres-exporter-readings.ts';
export {
  checkpointReadings,
  databaseReadings,
  lockReadings,
  numberOf,
  type Row,
  sessionReadings,
  statementReadings,
  tableReadings,
  waitEventReadings,
  waitReadings,
  withAbsent,
} from './postgres-readings.ts';
export {
  availableMemoryBytes,
  listenersOn,
  parseChildren,
  parseProcessIo,
  parseProcessMemory,
  parseProcessStat,
  stalledMicros,
  threadCpuMs,
} from './process-files.ts';
export { exporterDown, prometheusReadings } from './prometheus-readings.ts';
export { type PrometheusText, parsePrometheusText } from './prometheus-text.ts';
export type { Meaning, Reading } from './reading.ts';
export { redisReadings } from './redis-info.ts';
export { createSeriesStore, type Origin } from './series-store.ts';
export { readSystemRecord, systemRecordIfReadable, systemSummaryOf, writeSystemRecord } from './system-file.ts';
export {
  SYSTEM_VERSION,
  type SystemRecord,
  type SystemSeries,
  type SystemSource,
} from './system-record.ts';
export {
  answerWhatToWatch,
  askWhatToWatch,
  type Connection,
  type ProcessChoice,
  type WatchEvents,
  type WatchedSystem,
} from './watched-system.ts';
