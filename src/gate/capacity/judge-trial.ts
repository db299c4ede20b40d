import { trendOf } from '../../stats/index.ts';

/** What was measured while one rate was offered, after its warm-up. */
export interface TrialFacts {
  /** Requests that were due, and requests that were done, in the same time. Whole, 0 or more. */
  readonly arrivals: number;
  readonly completions: number;
  /** Requests in flight: means of batches in a row, each longer than what one request takes. */
  readonly inFlight: readonly number[];
  /** The clauses of the objective. */
  readonly objectives: readonly ObjectiveFacts[];
  /** What was wrong with the generator; none when it is healthy. */
  readonly generatorFaults: readonly string[];
  /** That it was late, where this was all that was wrong with it. */
  readonly lateFaults?: readonly string[];
}

/** One clause, "p95 of "Search" < 300 ms". Values in the clause's own unit; less is better. */
export interface ObjectiveFacts {
  readonly clause: string;
  /** The upper end of the interval of what was measured. Absent: too few requests to tell. */
  readonly upper: number | undefined;
  /** The same, counted from when the generator began to work on a request: without its own lateness. */
  readonly serviceUpper?: number | undefined;
  readonly limit: number;
}

/** Why a rate is not sustained. */
export type BrokenReason =
  | { readonly kind: 'objective'; readonly clause: string }
  | { readonly kind: 'falls short'; readonly achievedShare: number }
  | { readonly kind: 'piles up'; readonly growthShare: number };

/** What one trial says. */
export type TrialVerdict =
  | { readonly kind: 'sustained' }
  | { readonly kind: 'broken'; readonly reasons: readonly BrokenReason[] }
  /** It counts for nothing, in either direction. */
  | { readonly kind: 'void'; readonly why: readonly string[] };

/** A system that keeps up completes as many as arrive; the rest allows for what is in flight at both ends. */
const MIN_ACHIEVED_SHARE = 0.98;
/** With few requests those in flight are more than the rest: so many times what was in flight at the beginning may be missing by chance. */
const MISSING_BY_CHANCE = 2;
/** In flight goes up and down by chance: it piles up when it grows by more than half of its mean, and surely. */
const MAX_GROWTH_SHARE = 0.5;
const GROWTH_P = 0.01;

/**
 * Whether a rate is sustained: requests are done as fast as they come, they do not pile up, and every clause of the objective holds
 * for sure, not by luck. A trial with an unhealthy generator, or one that had too little to judge by, is void whatever it measured. A
 * generator that was merely late can only make a trial look worse: one that is sustained all the same counts, and one that breaks the objective
 * without its lateness as well.
 *
 * @example judgeTrial({ arrivals: 500, completions: 498, inFlight: [3, 4, 3], objectives: [], generatorFaults: [] }) // sustained
 */
export function judgeTrial(facts: TrialFacts): TrialVerdict {
  const why = [...facts.generatorFaults, ...missingIn(facts)];
  if (why.length > 0) return { kind: 'void', why };
  const reasons = [...brokenObjectives(facts.objectives), ...shortfall(facts), ...pileUp(facts.inFlight)];
  if (reasons.length === 0) return { kind: 'sustained' };
  const { lateFaults = [] } = facts;
  return lateFaults.length > 0 && !isBrokenWithoutLateness(facts)
    ? { kind: 'void', why: lateFaults }
    : { kind: 'broken', reasons };
}

function isBrokenWithoutLateness({ objectives }: TrialFacts): boolean {
  return objectives.some(({ serviceUpper, limit }) => serviceUpper !== undefined && serviceUpper >= limit);
}

function missingIn({ arrivals, objectives }: TrialFacts): string[] {
  const unknown = objectives.filter(({ upper }) => upper === undefined);
  return [
    ...(arrivals === 0 ? ['nobody arrived'] : []),
    ...unknown.map(({ clause }) => `too few requests to tell whether ${clause}`),
  ];
}

/** A limit that is just reached is broken, as in "< 300 ms". */
function brokenObjectives(objectives: readonly ObjectiveFacts[]): BrokenReason[] {
  return objectives
    .filter(({ upper, limit }) => upper !== undefined && upper >= limit)
    .map(({ clause }) => ({ kind: 'objective', clause }));
}

function shortfall({ arrivals, completions, inFlight: [atFirst = 0] }: TrialFacts): BrokenReason[] {
  const achievedShare = completions / arrivals;
  const isByChance = arrivals - completions <= MISSING_BY_CHANCE * Math.max(1, atFirst);
  return achievedShare < MIN_ACHIEVED_SHARE && !isByChance ? [{ kind: 'falls short', achievedShare }] : [];
}

function pileUp(inFlight: readonly number[]): BrokenReason[] {
  if (inFlight.length < 3) return [];
  const { slope, p } = trendOf(inFlight);
  const mean = inFlight.reduce((sum, value) => sum + value, 0) / inFlight.length;
  // Half of less than one request is nothing.
  const growthShare = (slope * (inFlight.length - 1)) / Math.max(1, mean);
  return growthShare > MAX_GROWTH_SHARE && p < GROWTH_P ? [{ kind: 'piles up', growthShare }] : [];
}
