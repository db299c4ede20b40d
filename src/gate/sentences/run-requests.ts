import type { RunRecord } from '../../record/index.ts';
import { timeOrder } from '../../record/samples/due-order.ts';
import type { Samples } from '../../record/samples/sample-columns.ts';
import { isStartedJourney } from './metric-facts.ts';
import type { Sentence } from './sentence.ts';

/** All requests of a run, for sentences to be evaluated on exactly. */
export interface RunRequests {
  /** In the order of due. */
  readonly samples: Samples<'due' | 'lastByte' | 'status' | 'error' | 'phase' | 'endpoint'>;
  /** In the order of time, in milliseconds since the epoch. */
  readonly phases: readonly { readonly name: string; readonly startedAt: number; readonly endedAt: number }[];
  /** Whether a name is that of a journey that was begun; a sentence about it is not about requests. */
  isJourney(name: string): boolean;
}

/** The requests of a run. @param counters of the whole run, which tell which names are those of journeys. */
export function requestsOfRun(
  samples: RunRequests['samples'],
  phases: RunRequests['phases'],
  counters: Readonly<Record<string, number>>,
): RunRequests {
  return { samples, phases, isJourney: (name) => isStartedJourney(name, { counters }) };
}

/** The phases of a recorded run with their times as numbers; one that was cut short ends with the run. */
export function phaseTimesOf({ phases, endedAt }: Pick<RunRecord, 'phases' | 'endedAt'>): RunRequests['phases'] {
  return phases.map((phase) => ({
    name: phase.name,
    startedAt: Date.parse(phase.startedAt),
    endedAt: Date.parse(phase.endedAt ?? endedAt),
  }));
}

/** A part of a run that a sentence looks at, with the requests in it. */
export interface Stretch {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Of the requests that the sentence is about, in the order of their moments. */
  readonly rows: readonly number[];
}

/** Workers begin a phase not quite when the main process says so. */
const PHASE_TOLERANCE_MS = 1_000;

/**
 * The moment that a request belongs to, in milliseconds since the epoch: for a gate when it was due, since that is when a
 * user wanted something; for a stop when it ended, since more is not known while the run goes on.
 */
export function momentOf({ action }: Sentence, { due, lastByte }: RunRequests['samples'], row: number): number {
  const dueAt = due[row] ?? 0;
  return action === 'gate' ? dueAt : dueAt + (lastByte[row] ?? 0) / 1000;
}

/** The parts of the run that a sentence looks at: every phase of its name, or the whole run, without the warm-up. */
export function stretchesOf(sentence: Sentence, run: RunRequests): Stretch[] {
  const spans = spansOf(sentence, run);
  const rows = spans.map((): number[] => []);
  const { endpoint, names } = run.samples;
  const wanted = sentence.subject.kind === 'named' ? names.endpoint.indexOf(sentence.subject.name) : undefined;
  const spanOf = spanFinder(sentence, run, spans);
  for (const row of rowsInOrder(sentence, run.samples)) {
    if (wanted !== undefined && endpoint[row] !== wanted) continue;
    rows[spanOf(row)]?.push(row);
  }
  const afterMs = sentence.afterMs ?? 0;
  return spans.map((span, index) => ({ ...span, startedAt: span.startedAt + afterMs, rows: rows[index] ?? [] }));
}

type TimeSpan = Pick<Stretch, 'startedAt' | 'endedAt'>;

function spansOf(sentence: Sentence, { phases, samples }: RunRequests): TimeSpan[] {
  if (sentence.during !== undefined) return phases.filter(({ name }) => name === sentence.during);
  const startedAt = phases[0]?.startedAt ?? samples.due[0] ?? 0;
  let endedAt = Math.max(startedAt, phases.at(-1)?.endedAt ?? 0);
  for (let row = 0; row < samples.count; row += 1) endedAt = Math.max(endedAt, momentOf(sentence, samples, row));
  return [{ startedAt, endedAt }];
}

/** In which of the spans a row lies; −1: in none. */
function spanFinder(sentence: Sentence, { samples }: RunRequests, spans: readonly TimeSpan[]): (row: number) => number {
  const { during, action, afterMs = 0 } = sentence;
  const label = during === undefined ? undefined : samples.names.phase.indexOf(during);
  const isLabelled = (row: number): boolean => label === undefined || samples.phase[row] === label;
  return (row) => {
    const moment = momentOf(sentence, samples, row);
    if (action === 'gate' && during !== undefined) {
      if (!isLabelled(row)) return -1;
      const begun = spans.findLastIndex((span) => span.startedAt <= moment + PHASE_TOLERANCE_MS);
      return isWarm(spans[begun], moment, afterMs) ? begun : -1;
    }
    const index = spans.findIndex(
      (span) => span.startedAt <= moment && (during === undefined || moment < span.endedAt),
    );
    return isWarm(spans[index], moment, afterMs) ? index : -1;
  };
}

/** Without a warm-up, what a worker did a moment before its phase was announced counts as well. */
function isWarm(span: TimeSpan | undefined, moment: number, afterMs: number): boolean {
  return span !== undefined && (afterMs === 0 || moment >= span.startedAt + afterMs);
}

function rowsInOrder(sentence: Sentence, samples: RunRequests['samples']): Uint32Array {
  if (sentence.action === 'gate') return Uint32Array.from({ length: samples.count }, (_, row) => row);
  const moments = Float64Array.from({ length: samples.count }, (_, row) => momentOf(sentence, samples, row));
  return timeOrder(moments);
}
