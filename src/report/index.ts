export { formatDuration, formatNumber } from './number-format.ts';
export { runSummary, type SummaryOptions } from './run-summary.ts';
export { PLAIN, type Style, styleFor } from './style.ts';
