import { EXIT_CODES } from '../exit-codes.ts';
import type {
  MetricSet,
  RuleResult,
  RunEnding,
  ValidityFinding,
  ValidityRecord,
  VerdictRecord,
} from '../record/index.ts';
import { DEFAULT_MARK } from './ensure/rules.ts';

/** Everything but the rules that a verdict depends on. */
export interface RunFacts {
  readonly ending: RunEnding;
  readonly metrics: MetricSet;
  /** Virtual users that the phases plan, before maxVusers holds any of them back. */
  readonly plannedUsers: number;
  /** The fewest requests that the plan expects of each user; undefined where it could not be foretold. */
  readonly plannedRequestsPerUser?: number | undefined;
  /** Whether the generator kept up; undefined in a run in which nobody looked. */
  readonly validity?: ValidityRecord | undefined;
}

/**
 * The answer of a run. It is `passed` only if the run was completed, something was measured, nothing failed beside it and
 * every strict rule holds. A run whose generator was the bottleneck is `not valid`, whatever its rules say, as long as the test
 * itself is in order: its figures are the generator's own. A run that was cut short is `inconclusive`, whatever its rules said at that moment: what was not
 * run was not tested, and a quantile that is over its limit in the first minute may come down again.
 */
export function decideVerdict(rules: readonly RuleResult[], facts: RunFacts): VerdictRecord {
  const { how, suggestedExitCode, stoppedBy } = facts.ending;
  const faults = [...facts.ending.faults, ...emptyRunFaults(facts)];
  const base = { faults, rules: [...rules] };
  const failed = (reason: string, exitCode: number): VerdictRecord => ({
    outcome: 'failed',
    reason,
    exitCode,
    ...base,
  });

  if (faults[0] !== undefined) return failed(faults[0], suggestedExitCode || EXIT_CODES.failed);
  const notValid = notValidReason(facts.validity);
  if (notValid !== undefined && (how === 'completed' || stoppedBy !== undefined)) {
    const also = alsoBroken(rules, facts.ending);
    return { outcome: 'not valid', reason: `${notValid}${also}`, exitCode: EXIT_CODES.notValid, ...base };
  }
  if (stoppedBy !== undefined) return failed(`stopped: ${stoppedBy}`, EXIT_CODES.stoppedByRule);
  if (how !== 'completed') {
    const reason = how === 'stopped early' ? 'the run was stopped before its end' : `the run was ${how} before its end`;
    return { outcome: 'inconclusive', reason, exitCode: suggestedExitCode || EXIT_CODES.inconclusive, ...base };
  }
  const broken = brokenIn(rules);
  if (broken.length > 0) return failed(brokenReason(broken), EXIT_CODES.failed);
  if (suggestedExitCode !== 0) {
    return failed(`another plugin asked for exit code ${suggestedExitCode}`, suggestedExitCode);
  }
  return { outcome: 'passed', reason: passedReason(rules), exitCode: EXIT_CODES.passed, ...base };
}

/**
 * What the rules of a run are evaluated on. When a run is cut short, users in the middle of their journey are neither
 * completed nor failed; they must not count as lost.
 */
export function metricsForRules(metrics: MetricSet, how: RunEnding['how']): MetricSet {
  if (how === 'completed') return metrics;
  const created = metrics.counters['vusers.created'] ?? 0;
  const lost = metrics.counters['vusers.failed'] ?? 0;
  return { ...metrics, counters: { ...metrics.counters, 'vusers.completed': created - lost } };
}

/** Artillery rounds arrivals per second and worker; a run that is this much smaller than its plan did not do what it says. */
const ARRIVALS_TOLERANCE = 0.9;

/** Below this, rounding alone can be a tenth. */
const MIN_PLANNED_USERS = 20;

/** Hooks may leave requests out, and users whose request fails leave early; below half of the plan, something else is wrong. */
const REQUESTS_TOLERANCE = 0.5;

/** Counters that say nothing about what was sent. */
const NOT_SENT = /^(?:vusers|journeys|errors)\./;

function missingRequestFaults({ metrics, plannedRequestsPerUser = 0, validity }: RunFacts): string[] {
  const sentAnything = Object.entries(metrics.counters).some(([name, count]) => count > 0 && !NOT_SENT.test(name));
  if (!sentAnything) return ['nothing was sent: the journeys make no request'];
  // Users whose time ran out before they could send are the generator's fault, and not that of the test.
  if (notValidReason(validity) !== undefined) return [];
  const requests = metrics.counters['http.requests'] ?? 0;
  const planned = plannedRequestsPerUser * (metrics.counters['vusers.created'] ?? 0);
  if (requests === 0 || requests >= planned * REQUESTS_TOLERANCE) return [];
  return [`only ${requests} requests were sent where the journeys make at least ${Math.round(planned)}`];
}

function missingLoadFaults({ metrics, plannedUsers, validity }: RunFacts): string[] {
  // Users who came too late are the generator's fault, and not that of the test.
  if (isNotValidBy(validity, 'arrivals')) return [];
  const arrived = (metrics.counters['vusers.created'] ?? 0) + (metrics.counters['vusers.skipped'] ?? 0);
  if (plannedUsers < MIN_PLANNED_USERS || arrived >= plannedUsers * ARRIVALS_TOLERANCE) return [];
  return [`only ${arrived} of ${Math.round(plannedUsers)} planned virtual users arrived`];
}

function emptyRunFaults(facts: RunFacts): string[] {
  const { ending, metrics } = facts;
  if (ending.how !== 'completed') return [];
  if ((metrics.counters['vusers.created'] ?? 0) === 0)
    return ['no virtual user was started: the test put no load on anything'];
  // What never left the generator could not be answered.
  if (isNotValidBy(facts.validity, 'errors of the generator')) return [];
  const requests = metrics.counters['http.requests'] ?? 0;
  if (requests > 0 && (metrics.counters['http.responses'] ?? 0) === 0) {
    return [`none of ${requests.toLocaleString('en')} requests was answered`];
  }
  const undefinedFunction = Object.keys(metrics.counters).find((name) => name.startsWith('errors.Undefined function'));
  if (undefinedFunction !== undefined) {
    return [`${undefinedFunction.slice('errors.'.length)}: the processor exports no function of that name`];
  }
  if ((metrics.counters['vusers.completed'] ?? 0) === 0) return ['no virtual user reached the end of its journey'];
  return [...missingLoadFaults(facts), ...missingRequestFaults(facts)];
}

/** Why a run is not valid, if it is not and that counts. */
function notValidReason(validity: ValidityRecord | undefined): string | undefined {
  if (validity === undefined || !validity.enforced) return undefined;
  const [first, ...others] = validity.findings.filter(({ outcome }) => outcome === 'not valid');
  if (first === undefined) return undefined;
  return `the generator was the bottleneck: ${first.text}${others.length === 0 ? '' : `; and ${others.length} more`}`;
}

function isNotValidBy(validity: ValidityRecord | undefined, rule: ValidityFinding['rule']): boolean {
  if (notValidReason(validity) === undefined) return false;
  return validity?.findings.some((finding) => finding.rule === rule && finding.outcome === 'not valid') ?? false;
}

/** What the rules said of figures that are not the system's: told, without being the verdict. */
function alsoBroken(rules: readonly RuleResult[], { stoppedBy, suggestedExitCode }: RunEnding): string {
  if (stoppedBy !== undefined) return `; it was also stopped: ${stoppedBy}`;
  const broken = brokenIn(rules);
  if (broken.length > 0) return `; it also broke rules: ${brokenReason(broken)}`;
  return suggestedExitCode === 0 ? '' : `; another plugin asked for exit code ${suggestedExitCode}`;
}

function brokenIn(rules: readonly RuleResult[]): RuleResult[] {
  return rules.filter((rule) => rule.strict && rule.outcome !== 'passed');
}

function brokenReason([first, ...others]: readonly RuleResult[]): string {
  if (first === undefined) return '';
  const observed = first.terms.find((term) => !term.holds)?.observed;
  const seen = observed === undefined ? 'no data' : `observed ${Number(observed.toPrecision(4))}`;
  const where = first.position === undefined ? '' : ` (${first.position})`;
  const more = others.length === 0 ? '' : `; and ${others.length} more`;
  return `${first.rule} is broken: ${seen}${where}${more}`;
}

function passedReason(rules: readonly RuleResult[]): string {
  const isDefault = (rule: RuleResult): boolean => rule.rule.endsWith(DEFAULT_MARK);
  if (rules.every(isDefault)) return 'no thresholds are set, so no speed was checked';
  const strict = rules.filter((rule) => rule.strict);
  const optional = rules.filter((rule) => !rule.strict && rule.outcome !== 'passed').length;
  const aside = optional === 0 ? '' : `; ${optional} optional ${optional === 1 ? 'rule does' : 'rules do'} not hold`;
  return strict.length === 1 ? `the rule holds${aside}` : `all ${strict.length} rules hold${aside}`;
}
