export { answerQuestion } from './answer/answer-question.ts';
export { createMetricValues } from './ensure/metric-values.ts';
export { evaluateRules, type LocateRule } from './ensure/rules.ts';
export { judgeRun } from './judge-run.ts';
export { replay } from './sentences/replay.ts';
export { phaseTimesOf, type RunRequests, requestsOfRun } from './sentences/run-requests.ts';
export type { Observation } from './sentences/tracker.ts';
export { readRules, type TestRules } from './test-rules.ts';
export { judgeValidity } from './validity/index.ts';
