export { plainText } from './plain-text.ts';
export { runSummary } from './run-summary.ts';
export { styleFor } from './style.ts';
export { isCapable, textWidth } from './terminal.ts';
