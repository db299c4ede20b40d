import { createRandom } from '../../stats/random.ts';
import type { ArrivalPhase } from './arrival-phase.ts';
import { type PlacedPhase, placePhases } from './course.ts';
import { activeWorkers, type WorkerPlace } from './deal.ts';

/** A user that is to arrive. */
export interface ScheduledArrival {
  readonly kind: 'arrival';
  /** Among all users of the test over all workers, from 0. */
  readonly number: number;
  /** Milliseconds since the start of the test. */
  readonly dueMs: number;
  readonly phaseIndex: number;
}

/** A phase that is to begin or to end. */
export interface PhaseBoundary {
  readonly kind: 'phase begins' | 'phase ends';
  readonly dueMs: number;
  readonly phaseIndex: number;
}

/** Something that is to happen in a worker. */
export type ScheduleEvent = ScheduledArrival | PhaseBoundary;

/**
 * Everything that is to happen in one worker, in its order, computed as it is asked for: each phase begins, its users
 * arrive, it ends. Arrival number g goes to worker g mod W, so that the users of all workers together are spread as those
 * of one would be.
 *
 * In a random phase the users arrive where the users due cross the sums of gaps drawn from the exponential distribution, a
 * Poisson process whose rate follows the phase. The gaps hang on the seed and the phase alone: all workers see the same.
 *
 * @param phases of the whole test.
 * @param seed of the run; the same for all workers.
 */
export function* scheduleOf(
  phases: readonly ArrivalPhase[],
  seed: string,
  { worker, workers }: WorkerPlace,
): Generator<ScheduleEvent, void, undefined> {
  let number = 0;
  for (const phase of placePhases(phases)) {
    const phaseIndex = phase.index;
    const active = activeWorkers(phase.maxVusers, workers);
    yield { kind: 'phase begins', dueMs: phase.startMs, phaseIndex };
    for (const dueUsers of phase.isRandom ? randomPositions(phase, seed) : evenPositions(phase)) {
      if (number % active === worker - 1) yield { kind: 'arrival', number, dueMs: phase.timeOf(dueUsers), phaseIndex };
      number += 1;
    }
    yield { kind: 'phase ends', dueMs: phase.endMs, phaseIndex };
  }
}

function* evenPositions({ evenArrivals, dueUsersAt }: PlacedPhase): Generator<number, void, undefined> {
  for (let arrival = 0; arrival < evenArrivals; arrival += 1) yield dueUsersAt(arrival);
}

function* randomPositions({ users, index }: PlacedPhase, seed: string): Generator<number, void, undefined> {
  const random = createRandom(`arrivals ${seed} phase ${index}`);
  const gap = (): number => -Math.log(1 - random.next());
  for (let dueUsers = gap(); dueUsers <= users; dueUsers += gap()) yield dueUsers;
}
