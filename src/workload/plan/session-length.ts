import type { Remark } from './flow.ts';
import type { Journey } from './journeys.ts';
import type { MeasuredRun } from './measured-run.ts';

/** How long users stay, and how that is known. */
export interface SessionLength {
  /**
   * `given`: by the user of the plan. `yaml`: think times and an assumed time per answer. `measured`: the mean of a run.
   * `assumed`: at least one journey takes time in functions, and an assumption stands for it.
   */
  readonly source: 'given' | 'yaml' | 'measured' | 'assumed';
  /** For each journey, in order, in milliseconds. */
  readonly byJourneyMs: readonly number[];
}

/** What can be said about the length of a session beside the YAML. */
export interface SessionClues {
  /** What the user of the plan says, in milliseconds. */
  readonly givenMs?: number | undefined;
  readonly measured?: MeasuredRun | undefined;
  /** Whether the user of the plan asked for that run by name; then it wins over the YAML. */
  readonly measuredIsWanted: boolean;
}

const TIME_IS_UNKNOWN = new Set<Remark['kind']>(['function', 'think time', 'repetition', 'endless loop']);

/** Whether the YAML says how long a user of the journey stays. */
export function timeIsKnown({ remarks, isHttp }: Journey): boolean {
  return isHttp && !remarks.some(({ kind }) => TIME_IS_UNKNOWN.has(kind));
}

/** Chooses the best that is known about how long users stay; see `SessionLength` for the order. */
export function sessionLength(journeys: readonly Journey[], clues: SessionClues): SessionLength {
  const allAt = (ms: number): number[] => journeys.map(() => ms);
  if (clues.givenMs !== undefined) return { source: 'given', byJourneyMs: allAt(clues.givenMs) };
  const isKnown = journeys.every((journey) => journey.weight === 0 || timeIsKnown(journey));
  const measuredMs = clues.measured?.sessionMs;
  if (measuredMs !== undefined && (clues.measuredIsWanted || !isKnown)) {
    return { source: 'measured', byJourneyMs: allAt(measuredMs) };
  }
  return { source: isKnown ? 'yaml' : 'assumed', byJourneyMs: journeys.map(({ tally }) => tally.durationMs) };
}
