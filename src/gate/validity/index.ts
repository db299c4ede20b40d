export { judgeValidity } from './judge-validity.ts';
