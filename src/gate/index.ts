export { createMetricValues } from './ensure/metric-values.ts';
export { evaluateRules, type LocateRule, type Rule, rulesOfTest } from './ensure/rules.ts';
export { judgeRun } from './judge-run.ts';
