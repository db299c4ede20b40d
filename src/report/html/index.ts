export type { RunSources } from './aggregate/report-data.ts';
export { REPORT_COLUMNS, type ReportSamples } from './aggregate/report-samples.ts';
export {
  type ComparedRun,
  type Comparison,
  renderComparison,
  renderForTrend,
  renderReport,
  renderTrend,
} from './render-report.ts';
export { REPORT_FILE, reportSources, writePage, writeReport } from './run-report.ts';
export { change, type Difference, errorShare, type Judgement } from './shared/difference.ts';
export type { Lane, Measure } from './shared/report-data.ts';
export { selectionLabel } from './shared/select.ts';
