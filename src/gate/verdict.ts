import { EXIT_CODES } from '../exit-codes.ts';
import type { MetricSet, RuleResult, RunRecord, VerdictRecord } from '../record/index.ts';

/** Everything but the rules that a verdict depends on. */
export interface RunFacts {
  readonly ending: RunRecord['ending'];
  readonly metrics: MetricSet;
  /** What went wrong outside the load itself: a plugin that failed, a platform that died. */
  readonly faults: readonly string[];
  /** The exit code that Artillery or another plugin asks for; 0: none. */
  readonly suggestedExitCode: number;
}

/**
 * The answer of a run. It is `passed` only if the run was completed, something was measured, nothing failed beside it and
 * every strict rule holds. A run that was cut short is never more than `inconclusive`: what was not run was not tested;
 * but a rule that is broken by then stays broken.
 */
export function decideVerdict(rules: readonly RuleResult[], facts: RunFacts): VerdictRecord {
  const broken = rules.filter((rule) => rule.strict && rule.outcome !== 'passed');
  const faults = [...facts.faults, ...emptyRunFaults(facts)];
  const base = { faults, rules: [...rules] };
  const failed = (reason: string, exitCode: number): VerdictRecord => ({
    outcome: 'failed',
    reason,
    exitCode,
    ...base,
  });

  if (facts.ending !== 'completed') {
    const reason = `the run was ${facts.ending === 'crashed' ? 'ended by a crash' : facts.ending} before its end`;
    const outcome = broken.some((rule) => rule.outcome === 'failed') ? 'failed' : 'inconclusive';
    const exitCode = facts.suggestedExitCode || (outcome === 'failed' ? EXIT_CODES.failed : EXIT_CODES.inconclusive);
    return { outcome, reason, exitCode, ...base };
  }
  if (faults[0] !== undefined) return failed(faults[0], EXIT_CODES.failed);
  if (broken.length > 0) return failed(brokenReason(broken), EXIT_CODES.failed);
  if (facts.suggestedExitCode !== 0) {
    return failed(`another plugin asked for exit code ${facts.suggestedExitCode}`, facts.suggestedExitCode);
  }
  return { outcome: 'passed', reason: passedReason(rules), exitCode: EXIT_CODES.passed, ...base };
}

function emptyRunFaults({ ending, metrics }: RunFacts): string[] {
  if (ending !== 'completed') return [];
  if ((metrics.counters['vusers.created'] ?? 0) === 0)
    return ['no virtual user was started: the test put no load on anything'];
  const requests = metrics.counters['http.requests'] ?? 0;
  if (requests > 0 && (metrics.counters['http.responses'] ?? 0) === 0) {
    return [`none of ${requests.toLocaleString('en')} requests was answered`];
  }
  const undefinedFunction = Object.keys(metrics.counters).find((name) => name.startsWith('errors.Undefined function'));
  if (undefinedFunction !== undefined) {
    return [`${undefinedFunction.slice('errors.'.length)}: the processor exports no function of that name`];
  }
  if ((metrics.counters['vusers.completed'] ?? 0) === 0) return ['no virtual user reached the end of its journey'];
  return [];
}

function brokenReason(broken: readonly RuleResult[]): string {
  const [first] = broken;
  const more = broken.length > 1 ? `, and ${broken.length - 1} more` : '';
  return `${broken.length === 1 ? 'a rule is' : `${broken.length} rules are`} broken: ${first?.rule ?? ''}${more}`;
}

function passedReason(rules: readonly RuleResult[]): string {
  if (rules.length === 0) return 'all users were served; no thresholds are set, so no speed was checked';
  const strict = rules.filter((rule) => rule.strict);
  const optional = rules.filter((rule) => !rule.strict && rule.outcome !== 'passed').length;
  const aside = optional === 0 ? '' : `; ${optional} optional ${optional === 1 ? 'rule does' : 'rules do'} not hold`;
  return `all ${strict.length} rules hold${aside}`;
}
