import { UserFault } from '../../errors.ts';
import { type Entry, isEntry } from '../plan/entry.ts';
import { phaseSeconds } from '../plan/milliseconds.ts';

/** What a phase of a whole test, over all workers, asks for. */
export interface ArrivalPhase {
  readonly name: string | undefined;
  readonly lengthMs: number;
  /** New users per second at the beginning and at the end; the rate changes evenly on the way. 0: nobody arrives. */
  readonly fromPerSec: number;
  readonly toPerSec: number;
  /** How many users that makes: the rate times the time, which may be a fraction. */
  readonly users: number;
  /** `mode: poisson`: at random moments, `users` of them on average. */
  readonly isRandom: boolean;
  /** How many users may be at work at the same time; Infinity without a limit. */
  readonly maxVusers: number;
  /** Share of the new users by name of a journey, as the test says it; undefined: the weights of the journeys apply. */
  readonly mix: Entry | undefined;
}

/**
 * Reads a phase in the form in which the test has it.
 *
 * @throws UserFault `phase-impossible` for a phase without a length, or with rates that are no numbers from 0 upwards.
 * @example arrivalPhase({ duration: '1m', arrivalRate: 0.5, rampTo: 1.5 }).users // 60
 */
export function arrivalPhase(raw: Entry): ArrivalPhase {
  const { fromPerSec, toPerSec, lengthMs, users } = demandOf(raw);
  return {
    name: typeof raw.name === 'string' ? raw.name : undefined,
    lengthMs,
    fromPerSec,
    toPerSec,
    users: withoutDust(users ?? (((fromPerSec + toPerSec) / 2) * lengthMs) / 1000),
    // Of an arrivalCount exactly so many come, so that there is nothing to draw.
    isRandom: raw.mode === 'poisson' && users === undefined,
    maxVusers: raw.maxVusers === undefined ? Infinity : numberAt(raw, 'maxVusers'),
    mix: isEntry(raw.mix) ? raw.mix : undefined,
  };
}

/**
 * A number of users to the billionth, which is free of what binary fractions add.
 *
 * @example withoutDust(0.1 + 0.2) // 0.3
 */
export function withoutDust(users: number): number {
  return Number.isInteger(users) ? users : Math.round(users * 1e9) / 1e9;
}

interface Demand {
  readonly fromPerSec: number;
  readonly toPerSec: number;
  readonly lengthMs: number;
  /** Only where it is said, and not the outcome of rates. */
  readonly users?: number;
}

/** The order in which Artillery looks at the keys (lib/core/phases.ts). */
function demandOf(raw: Entry): Demand {
  if (raw.pause !== undefined) return { fromPerSec: 0, toPerSec: 0, lengthMs: lengthOf(raw, 'pause') };
  if (raw.arrivalCount !== undefined) {
    const [users, lengthMs] = [numberAt(raw, 'arrivalCount'), lengthOf(raw, 'duration')];
    const perSec = users / (lengthMs / 1000);
    return { fromPerSec: perSec, toPerSec: perSec, lengthMs, users };
  }
  const fromPerSec = numberAt(raw, 'arrivalRate');
  if (raw.rampTo === undefined) return { fromPerSec, toPerSec: fromPerSec, lengthMs: lengthOf(raw, 'duration') };
  const lengthMs = raw.duration === undefined ? 1000 : lengthOf(raw, 'duration');
  return { fromPerSec, toPerSec: numberAt(raw, 'rampTo'), lengthMs };
}

function lengthOf(raw: Entry, key: 'duration' | 'pause'): number {
  // Artillery writes back the seconds that it has made of "1500ms".
  const seconds = phaseSeconds(raw[key]) ?? Number(raw[key]);
  if (seconds > 0 && seconds < Infinity) return seconds * 1000;
  throw impossible(raw, key, 'a time above 0, such as 60 (seconds) or "2 min"');
}

function numberAt(raw: Entry, key: 'arrivalRate' | 'rampTo' | 'arrivalCount' | 'maxVusers'): number {
  const value = Number(raw[key] ?? 0);
  if (value >= 0 && value < Infinity) return value;
  throw impossible(raw, key, 'a number from 0 upwards');
}

function impossible(raw: Entry, key: string, allowed: string): UserFault {
  const name = typeof raw.name === 'string' ? ` ${JSON.stringify(raw.name)}` : '';
  const found = raw[key] === undefined ? 'missing' : JSON.stringify(raw[key]);
  return new UserFault('phase-impossible', `phase${name}: ${key} is ${found}; it must be ${allowed}`);
}
