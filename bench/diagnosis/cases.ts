import type { Cause } from 'proving-ground/diagnose/answer.ts';
import { createRandom } from 'proving-ground/stats/index.ts';

/** Rules are made on the one, and figures are reported of the other. */
export const SETS = ['development', 'reporting'] as const;

/** Which of both. */
export type StudySet = (typeof SETS)[number];

/** What is really the matter with a run. */
export type Truth = Cause | 'healthy';

/** One run of the study. */
export interface StudyCase {
  /** Of its folder. */
  readonly id: string;
  readonly set: StudySet;
  readonly truth: Truth;
  /** Value of `FAULT`; '' without one. */
  readonly fault: string;
  /** Of arrivals, journeys and data. */
  readonly seed: string;
  /** In the busy part, new people per second. */
  readonly usersPerSec: number;
}

/** The faults of the platform, and what a diagnosis has to call them. */
export const FAULTS: Readonly<Record<string, Cause>> = {
  'missing-index': 'missing index',
  'stale-statistics': 'stale statistics',
  'n-plus-one': 'n+1 queries',
  'pool-too-small': 'pool too small',
  'connection-leak': 'connection leak',
  'lock-contention': 'lock contention',
  'slow-downstream': 'slow downstream',
  'blocked-event-loop': 'event loop blocked',
  'oversized-payload': 'oversized payload',
  'cache-disabled': 'cache disabled',
  'cache-stampede': 'cache stampede',
  'memory-leak': 'memory leak',
  'slow-consumer': 'slow consumer',
  'tight-rate-limit': 'rate limit',
};

/** Runs of each fault, and healthy ones. */
const SIZES: Readonly<Record<StudySet, { readonly each: number; readonly healthy: number }>> = {
  development: { each: 3, healthy: 9 },
  reporting: { each: 10, healthy: 40 },
};

/** From hardly more than a third of what two processors take to more than half of it. */
const USERS_PER_SEC = { least: 1.8, most: 3.4 } as const;

/**
 * All runs of the study, in the order in which they are measured: one of each fault and some healthy ones in turn, so that a study that is
 * broken off has seen all of them, and whatever changes on the machine in the course of hours meets all alike. The same on every call.
 */
export function plannedCases(): StudyCase[] {
  return SETS.flatMap((set) => {
    const { each, healthy } = SIZES[set];
    const perRound = healthy / each;
    return Array.from({ length: each }, (_, round) => [
      ...Object.entries(FAULTS).map(([fault, truth]) => caseOf({ set, fault, truth, index: round })),
      ...Array.from({ length: healthy }, (_, index) => index)
        .filter((index) => Math.floor(index / perRound) === round)
        .map((index) => caseOf({ set, fault: '', truth: 'healthy', index })),
    ]).flat();
  });
}

interface Place {
  readonly set: StudySet;
  readonly fault: string;
  readonly truth: Truth;
  readonly index: number;
}

function caseOf({ set, fault, truth, index }: Place): StudyCase {
  const id = `${fault || 'healthy'}-${String(index + 1).padStart(2, '0')}`;
  const random = createRandom(`diagnosis ${set} ${id}`);
  const { least, most } = USERS_PER_SEC;
  return {
    ...{ id, set, truth },
    // In turn, so that each severity comes as often; which is the first differs from fault to fault.
    fault: fault === '' ? '' : `${fault}:${1 + ((index + Object.keys(FAULTS).indexOf(fault)) % 3)}`,
    seed: `${set}-${id}-${random.hex(6)}`,
    usersPerSec: Math.round(10 * (least + (most - least) * random.next())) / 10,
  };
}
