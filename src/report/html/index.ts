export { renderComparison, renderForTrend, renderReport, renderTrend, trendRowOf } from './render-report.ts';
export { REPORT_FILE, reportSources, writePage, writeReport } from './run-report.ts';
export type { Judgement } from './shared/difference.ts';
export type { TrendRow } from './shared/trend.ts';
