import { activeWorkers, arrivalPhase, capOf, placePhases, wholePhases } from '../schedule/index.ts';
import type { WorkerShare } from './divide-work.ts';
import { type Entry, isEntry } from './entry.ts';
import type { WorkerRun } from './simulate.ts';
import type { WorkerSchedule } from './worker-schedule.ts';

/** Whether the engine of this project starts the users of a test. It does so wherever it is loaded. */
export function hasOwnArrivals({ engine, engines }: Entry): boolean {
  return engine === 'undici' || (isEntry(engines) && engines.undici !== undefined);
}

/**
 * When users arrive in each worker under the engine of this project, which gives every arrival of the whole test a number and
 * deals them out in turn (src/workload/schedule).
 */
export function ownRuns(shares: readonly WorkerShare[]): WorkerRun[][] {
  const placed = placePhases(wholePhases(shares.map((share) => share.map(({ raw }) => raw))).map(arrivalPhase));
  const firstNumbers = placed.map((_, index) => {
    const before = placed.slice(0, index);
    return before.reduce((sum, phase) => sum + (phase.isRandom ? Math.round(phase.users) : phase.evenArrivals), 0);
  });
  return shares.map((share, worker) =>
    share.flatMap(({ index: phase }, position) => {
      const here = placed[position];
      if (here === undefined) return [];
      const place = { worker: worker + 1, workers: shares.length };
      const active = activeWorkers(here.maxVusers, shares.length);
      const turn = { active, first: firstTurn(worker, firstNumbers[position] ?? 0, active) };
      return [{ phase, schedule: { ...arrivalsOf(here, turn), maxVusers: capOf(here.maxVusers, place) } }];
    }),
  );
}

type PlacedPhase = ReturnType<typeof placePhases>[number];

interface Turn {
  /** How many workers take turns. */
  readonly active: number;
  /** Which arrival of the phase is this worker's first; Infinity: none is. */
  readonly first: number;
}

/** @param worker from 0. @param firstNumber of the arrivals of a phase, among all of the test. */
function firstTurn(worker: number, firstNumber: number, active: number): number {
  return worker < active ? (((worker - firstNumber) % active) + active) % active : Infinity;
}

function arrivalsOf(phase: PlacedPhase, { active, first }: Turn): Omit<WorkerSchedule, 'maxVusers'> {
  const { isRandom, users, evenArrivals, startMs, lengthMs, timeOf, dueUsersAt } = phase;
  if (isRandom) {
    const mine = first === Infinity ? 0 : users / active;
    // Its expectation stands for a random process: users spread evenly along the rate.
    const dueAt = (arrival: number): number => timeOf(Math.min(users, (arrival + 0.5) * active)) - startMs;
    return { arrivals: mine, variance: mine, lengthMs, timeOf: dueAt };
  }
  const arrivals = Math.max(0, Math.ceil((evenArrivals - first) / active));
  return {
    arrivals,
    variance: 0,
    lengthMs,
    timeOf: (arrival) => timeOf(dueUsersAt(first + arrival * active)) - startMs,
  };
}
