export type { Evidence, ValidityOptions } from './evidence.ts';
export { judgeValidity } from './judge-validity.ts';
export { DEFAULT_MAX_SEND_LAG_MS } from './limits.ts';
