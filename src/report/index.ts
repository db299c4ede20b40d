export { runSummary } from './run-summary.ts';
export { styleFor } from './style.ts';
