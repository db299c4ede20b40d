export { prepareRun, type RunSources } from './aggregate/report-data.ts';
export { REPORT_COLUMNS, type ReportSamples } from './aggregate/report-samples.ts';
export { renderReport } from './render-report.ts';
export type { Lane } from './shared/report-data.ts';
