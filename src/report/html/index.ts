export { renderComparison, renderForTrend, renderReport, renderTrend } from './render-report.ts';
export { REPORT_FILE, reportSources, writePage, writeReport } from './run-report.ts';
export type { Judgement } from './shared/difference.ts';
