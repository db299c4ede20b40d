export { FEWEST_RUNS, findTrend, type TrendChange, type TrendFindings } from './find-trend.ts';
export { type HistoryRun, historyRunOf } from './history-run.ts';
