import type { VerdictRecord } from '../record/index.ts';
import { createMetricValues } from './ensure/metric-values.ts';
import { evaluateRules, type Rule } from './ensure/rules.ts';
import { decideVerdict, metricsForRules, type RunFacts } from './verdict.ts';

/**
 * The verdict on a run, while it ends or from its record.
 *
 * @param extra values that other plugins computed from the whole run, such as `apdex`.
 */
export function judgeRun(
  rules: readonly Rule[],
  facts: RunFacts,
  extra: Readonly<Record<string, number>> = {},
): VerdictRecord {
  const values = createMetricValues(metricsForRules(facts.metrics, facts.ending.how), extra);
  return decideVerdict(evaluateRules(rules, values), facts);
}
