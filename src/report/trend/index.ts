export { changeLine, trendLines } from './trend-lines.ts';
