export { createMetricValues } from './ensure/metric-values.ts';
export { evaluateRules, type LocateRule, type Rule, rulesOfTest } from './ensure/rules.ts';
export { judgeRun } from './judge-run.ts';
export { parseThresholds } from './sentences/parse-thresholds.ts';
export { replay } from './sentences/replay.ts';
export type { Observation, Tracker } from './sentences/tracker.ts';
