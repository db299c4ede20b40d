import { createMetricValues, evaluateRules, type Observation, type TestRules } from 'proving-ground/gate/index.ts';
import { metricsForRules } from 'proving-ground/gate/verdict.ts';
import type { RuleResult } from 'proving-ground/record/index.ts';
import { metricSetOf } from 'proving-ground/record/metrics.ts';
import { copySketch, type Sketch } from 'proving-ground/stats/index.ts';

/** The rules of a run as they stand while it goes on; what counts is what they say at its end. */
export interface StandingRules {
  observe(observation: Observation): void;
  /** Thresholds first, as they are followed elsewhere, then the rules of `config.ensure`. */
  results(): RuleResult[];
}

/** Follows the rules of `config.ensure`, which are about the whole run so far. */
export function followRules({ rules, thresholds }: TestRules): StandingRules {
  const counters: Record<string, number> = {};
  const events: Record<string, number> = {};
  const histograms: Record<string, Sketch> = {};
  let seconds = 0;
  let results: RuleResult[] = [];

  return {
    observe: ({ measured, seconds: length }) => {
      seconds += length;
      addInto(counters, measured.counters);
      addInto(events, measured.events);
      for (const [name, sketch] of Object.entries(measured.histograms)) {
        const present = histograms[name];
        // In place: a copy of every histogram in every second would cost more than the run.
        if (present === undefined) histograms[name] = copySketch(sketch);
        else present.merge(sketch);
      }
      const metrics = metricsForRules(metricSetOf({ counters, events, histograms }, seconds), 'interrupted');
      results = evaluateRules(rules, createMetricValues(metrics, {})).map((result) => undecided(result, counters));
    },
    results: () => [...thresholds.map((tracker) => tracker.result()), ...results],
  };
}

/** What only grows may still reach its limit: until the end of the run nothing is broken. */
function undecided(result: RuleResult, counters: Readonly<Record<string, number>>): RuleResult {
  const missing = result.terms.filter(({ holds }) => !holds);
  const mayBeReached = missing.every(({ subject, operator }) => operator.startsWith('>') && subject in counters);
  return result.outcome === 'failed' && mayBeReached ? { ...result, outcome: 'no data' } : result;
}

function addInto(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
}
