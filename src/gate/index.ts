export { createMetricValues, type MetricValues } from './ensure/metric-values.ts';
export { evaluateRules, type LocateRule, type Rule, rulesOfTest } from './ensure/rules.ts';
export { decideVerdict, type RunFacts } from './verdict.ts';
