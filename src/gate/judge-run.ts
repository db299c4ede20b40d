import type { RuleResult, VerdictRecord } from '../record/index.ts';
import { createMetricValues } from './ensure/metric-values.ts';
import { evaluateRules, type Rule } from './ensure/rules.ts';
import { decideVerdict, metricsForRules, type RunFacts } from './verdict.ts';

/**
 * The verdict on a run, while it ends or from its record.
 *
 * @param rules of `config.ensure`.
 * @param thresholds what the threshold sentences said.
 * @param extra values that other plugins computed from the whole run, such as `apdex`.
 */
export function judgeRun(
  rules: readonly Rule[],
  thresholds: readonly RuleResult[],
  facts: RunFacts,
  extra: Readonly<Record<string, number>> = {},
): VerdictRecord {
  const values = createMetricValues(metricsForRules(facts.metrics, facts.ending.how), extra);
  return decideVerdict([...thresholds, ...evaluateRules(rules, values)], facts);
}
