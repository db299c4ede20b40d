export { judgeValidity } from './judge-validity.ts';
export { DEFAULT_MAX_SEND_LAG_MS } from './limits.ts';
