import type { RunRecord } from '../../record/index.ts';
import { outcomesOf } from '../../record/samples/index.ts';
import { quantileOfSorted } from '../../stats/index.ts';
import { invalidFindings } from '../regression/index.ts';
import { type BrokenReason, judgeTrial, type TrialVerdict } from './judge-trial.ts';
import type { Clause } from './objective.ts';
import {
  type ClauseValue,
  clauseValue,
  doneAt,
  rowsDueIn,
  spanOfLabel,
  type TimeSpan,
  type TrialSamples,
} from './trial-requests.ts';

/** What was measured while one rate was held, and what it says. */
export interface TrialMeasures {
  readonly verdict: TrialVerdict;
  /** Requests per second that were due, and that were done. */
  readonly duePerSec: number;
  readonly donePerSec: number;
  /** Mean number of requests in flight. */
  readonly inFlight: number;
  readonly clauses: readonly (ClauseValue & { readonly clause: Clause })[];
  readonly endpoints: readonly EndpointTimes[];
  /** p99 of how late requests were begun, milliseconds; undefined: not one was measured. */
  readonly latenessP99Ms: number | undefined;
}

/** Which phase of a run is a trial, and by what it is judged. */
export interface HeldPhase {
  readonly phaseIndex: number;
  /** Seconds that it was planned to last. */
  readonly holdSec: number;
  readonly isLast: boolean;
  readonly clauses: readonly Clause[];
}

/** How one endpoint did in a trial. */
export interface EndpointTimes {
  readonly name: string;
  readonly requests: number;
  readonly errors: number;
  /** Of answers and timeouts, milliseconds; undefined: there were none. */
  readonly p95Ms: number | undefined;
  /** Of all its requests together, milliseconds: what it costs those who wait. */
  readonly totalMs: number;
}

/** Batches of the time that a rate is held; fewer where they would be shorter than a second. */
const MOST_BATCHES = 10;
const LEAST_BATCHES = 4;
/** Findings that only say that the generator was late. */
const LATENESS: ReadonlySet<string> = new Set(['send lag', 'event loop']);

/**
 * Judges the phase in which a rate was held; undefined: the run ended before that phase did.
 *
 * @param phaseIndex of that phase in the run.
 * @param isLast nothing was held after it: what still had no answer when the run was cut was asked in it.
 */
export function trialOfRun(
  record: RunRecord,
  samples: TrialSamples,
  { phaseIndex, holdSec, isLast, clauses }: HeldPhase,
): TrialMeasures | undefined {
  const phase = record.phases.find(({ index }) => index === phaseIndex);
  if (phase?.endedAt === undefined) return undefined;
  const held = spanOfLabel(samples, phase.name, holdSec) ?? spanFrom(phase.startedAt, holdSec);
  const rows = rowsDueIn(samples, held);
  const done = countDoneIn(samples, held);
  const due = rows.length + (isLast ? unansweredIn(record) : 0);
  const inFlight = inFlightIn(samples, held);
  const values = clauses.map((clause) => ({ clause, ...clauseValue(samples, rows, clause) }));
  const findings = findingsAbout(record, phase);
  const isLate = findings.every(({ rule }) => LATENESS.has(rule));
  const texts = findings.map(({ text }) => text);
  return {
    verdict: judgeTrial({
      arrivals: due,
      completions: done,
      inFlight,
      objectives: values.map(({ clause, upper, serviceUpper }) => ({
        ...{ clause: clause.text, upper, serviceUpper, limit: clause.limit },
      })),
      generatorFaults: isLate ? [] : texts,
      lateFaults: isLate ? texts : [],
    }),
    duePerSec: due / holdSec,
    donePerSec: done / holdSec,
    inFlight: inFlight.reduce((sum, each) => sum + each, 0) / inFlight.length,
    clauses: values,
    endpoints: endpointTimes(samples, rows),
    latenessP99Ms: latenessOf(samples, rows),
  };
}

/** Seconds at the edges of a trial belong to its neighbours as well: whether the generator told enough of itself is asked of the whole run. */
function findingsAbout(record: RunRecord, phase: RunRecord['phases'][number]): ReturnType<typeof invalidFindings> {
  const isAboutTelling = ({ rule }: { readonly rule: string }): boolean => rule === 'measured';
  return [
    ...invalidFindings(record, [phase]).filter((finding) => !isAboutTelling(finding)),
    ...invalidFindings(record, record.phases).filter(isAboutTelling),
  ];
}

function spanFrom(startedAt: string, seconds: number): TimeSpan {
  const from = Date.parse(startedAt);
  return { from, to: from + seconds * 1_000 };
}

/** Requests that were sent and still had no answer when the run was cut: no sample tells of them. */
function unansweredIn({ metrics: { counters } }: RunRecord): number {
  const { 'http.requests': sent = 0, 'http.responses': answered = 0 } = counters;
  const failed = Object.entries(counters).reduce((sum, [name, n]) => (name.startsWith('errors.') ? sum + n : sum), 0);
  return Math.max(0, sent - answered - failed);
}

function countDoneIn(samples: TrialSamples, { from, to }: TimeSpan): number {
  let done = 0;
  for (let row = 0; row < samples.count; row += 1) {
    const at = doneAt(samples, row);
    if (at >= from && at < to) done += 1;
  }
  return done;
}

/** Means of batches, from how long each request was in flight in each of them. */
export function inFlightIn(samples: TrialSamples, { from, to }: TimeSpan): number[] {
  const count = Math.max(LEAST_BATCHES, Math.min(MOST_BATCHES, Math.floor((to - from) / 1_000)));
  const lengthMs = (to - from) / count;
  const busyMs = new Array<number>(count).fill(0);
  for (let row = 0; row < samples.count; row += 1) {
    const begun = Math.max(from, samples.due[row] ?? 0);
    const ended = Math.min(to, doneAt(samples, row));
    for (let batch = Math.floor((begun - from) / lengthMs); batch < count && ended > begun; batch += 1) {
      const start = from + batch * lengthMs;
      if (start >= ended) break;
      busyMs[batch] = (busyMs[batch] ?? 0) + Math.min(ended, start + lengthMs) - Math.max(begun, start);
    }
  }
  return busyMs.map((ms) => ms / lengthMs);
}

function endpointTimes(samples: TrialSamples, rows: readonly number[]): EndpointTimes[] {
  const outcomes = outcomesOf(samples);
  const groups = Map.groupBy(rows, (row) => samples.endpoint[row] ?? -1);
  return [...groups]
    .map(([id, own]) => {
      const times = own.filter(outcomes.isTimed).map((row) => (samples.lastByte[row] ?? 0) / 1_000);
      const ascending = Float64Array.from(times).sort();
      return {
        name: samples.names.endpoint[id] ?? '(without a name)',
        requests: own.length,
        errors: own.filter(outcomes.isFailed).length,
        p95Ms: ascending.length === 0 ? undefined : quantileOfSorted(ascending, 0.95),
        totalMs: times.reduce((sum, time) => sum + time, 0),
      };
    })
    .sort((a, b) => b.totalMs - a.totalMs);
}

function latenessOf({ queued }: TrialSamples, rows: readonly number[]): number | undefined {
  const late = Float64Array.from(rows, (row) => (queued[row] ?? 0) / 1_000).sort();
  return late.length === 0 ? undefined : quantileOfSorted(late, 0.99);
}

/** Why a rate was not sustained, in words: `p95 of "Search" < 300 ms`, `only 91 % of the requests were done in time`. */
export function reasonText(reason: BrokenReason): string {
  switch (reason.kind) {
    case 'objective':
      return `${reason.clause} does not hold`;
    case 'falls short':
      return `only ${(reason.achievedShare * 100).toFixed(0)} % of the requests were done in the time`;
    case 'piles up':
      return 'requests in flight pile up';
  }
}
