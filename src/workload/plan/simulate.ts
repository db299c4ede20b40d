import { createOccupancy } from './occupancy.ts';
import type { WorkerSchedule } from './worker-schedule.ts';

/** A phase in one worker. */
export interface WorkerRun {
  /** Which phase of the test. */
  readonly phase: number;
  readonly schedule: WorkerSchedule;
}

/** What is simulated. */
export interface Situation {
  /** The phases of each worker in their order. */
  readonly workers: readonly (readonly WorkerRun[])[];
  /** For each phase of the test, how users spread over the journeys: shares that add up to 1. */
  readonly shares: readonly (readonly number[])[];
  /** How long a user of each journey stays, in milliseconds. */
  readonly sessionMs: readonly number[];
  /** Width and number of the intervals in which arrivals and presence are counted. */
  readonly binMs: number;
  readonly bins: number;
}

/** What comes of it. */
export interface Outcome {
  /** By phase of the test. */
  readonly arrivals: readonly number[];
  /** Of these, who was turned away because `maxVusers` were at work. */
  readonly skipped: readonly number[];
  /** Users let in, by bin. A user on the boundary of two bins belongs to the earlier one. */
  readonly startedByBin: readonly number[];
  /** Average number of users at work, by bin. */
  readonly presentByBin: readonly number[];
  /** When the last user leaves; 0 without users. */
  readonly lastEndMs: number;
}

/**
 * Lets users arrive by plan and stay for the mean of their journey. Journeys take turns in proportion to their shares
 * instead of being drawn, so that the outcome is the same each time.
 */
export function simulate(situation: Situation): Outcome {
  const ledger = createLedger(situation);
  for (const runs of situation.workers) simulateWorker(runs, situation, ledger);
  return ledger.outcome();
}

function simulateWorker(runs: readonly WorkerRun[], { shares, sessionMs }: Situation, ledger: Ledger): void {
  const isCapped = runs.some(({ schedule }) => schedule.maxVusers < Infinity);
  const presence = createPresence(sessionMs.length);
  const turns = createTurns(sessionMs.length);
  let startMs = 0;
  for (const { phase, schedule } of runs) {
    for (let arrival = 0; arrival < schedule.arrivals; arrival += 1) {
      const atMs = startMs + schedule.timeOf(arrival);
      // The last one of a random process may stand for less than one user.
      const users = Math.min(1, schedule.arrivals - arrival);
      if (isCapped && presence.countAt(atMs) >= schedule.maxVusers) {
        ledger.turnAway(phase, users);
        continue;
      }
      const journey = turns.next(shares[phase] ?? []);
      const endMs = atMs + (sessionMs[journey] ?? 0);
      if (isCapped) presence.enter(journey, endMs);
      ledger.letIn(phase, users, atMs, endMs);
    }
    startMs += schedule.lengthMs;
  }
}

interface Ledger {
  turnAway(phase: number, users: number): void;
  letIn(phase: number, users: number, atMs: number, endMs: number): void;
  outcome(): Outcome;
}

function createLedger({ shares, binMs, bins }: Situation): Ledger {
  const arrivals = shares.map(() => 0);
  const skipped = shares.map(() => 0);
  const startedByBin = new Array<number>(bins).fill(0);
  const occupancy = createOccupancy(binMs, bins);
  let lastEndMs = 0;
  return {
    turnAway: (phase, users) => {
      increase(arrivals, phase, users);
      increase(skipped, phase, users);
    },
    letIn: (phase, users, atMs, endMs) => {
      increase(arrivals, phase, users);
      increase(startedByBin, Math.min(bins - 1, Math.max(0, Math.ceil(atMs / binMs) - 1)), users);
      occupancy.add(atMs, endMs);
      lastEndMs = Math.max(lastEndMs, endMs);
    },
    outcome: () => ({ arrivals, skipped, startedByBin, presentByBin: occupancy.averages(), lastEndMs }),
  };
}

function increase(counts: number[], index: number, amount: number): void {
  counts[index] = (counts[index] ?? 0) + amount;
}

interface Presence {
  /** Time must not go back between calls. */
  countAt(timeMs: number): number;
  enter(journey: number, endMs: number): void;
}

/** Who is in. Users of one journey leave in the order in which they came, as all stay equally long. */
function createPresence(journeys: number): Presence {
  const ends: number[][] = Array.from({ length: journeys }, () => []);
  const gone = ends.map(() => 0);
  return {
    countAt: (timeMs) => {
      let count = 0;
      for (const [journey, queue] of ends.entries()) {
        let left = gone[journey] ?? 0;
        while ((queue[left] ?? Infinity) <= timeMs) left += 1;
        gone[journey] = left;
        count += queue.length - left;
      }
      return count;
    },
    enter: (journey, endMs) => {
      ends[journey]?.push(endMs);
    },
  };
}

/** Gives each arrival to the journey that is furthest behind its share. */
function createTurns(journeys: number): { next(shares: readonly number[]): number } {
  const credit = new Array<number>(journeys).fill(0);
  return {
    next: (shares) => {
      let chosen = 0;
      for (let journey = 0; journey < journeys; journey += 1) {
        credit[journey] = (credit[journey] ?? 0) + (shares[journey] ?? 0);
        if ((credit[journey] ?? 0) > (credit[chosen] ?? 0)) chosen = journey;
      }
      credit[chosen] = (credit[chosen] ?? 0) - 1;
      return chosen;
    },
  };
}
