export { renderComparison, renderForTrend, renderReport, renderTrend } from './render-report.ts';
export { REPORT_FILE, reportSources, writePage, writeReport } from './run-report.ts';
export { change, type Difference, errorShare } from './shared/difference.ts';
export type { Measure } from './shared/report-data.ts';
export { selectionLabel } from './shared/select.ts';
