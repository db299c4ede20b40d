import type { Entry } from './entry.ts';
import { phaseSeconds } from './milliseconds.ts';

/** When the users of one phase arrive in one worker. */
export interface WorkerSchedule {
  /** How many users; for a random process the expectation, which may be a fraction. */
  readonly arrivals: number;
  /** How far chance moves `arrivals`; 0 but for `mode: poisson`. */
  readonly variance: number;
  /** How long the phase lasts, in milliseconds. Infinity: it would never end. */
  readonly lengthMs: number;
  /** When the arrival of this number (from 0) happens, in milliseconds since the start of the phase. Never decreases. */
  readonly timeOf: (arrival: number) => number;
  /** The most users that this worker lets work at the same time. */
  readonly maxVusers: number;
}

/**
 * When users arrive, by the rules of Artillery 2.0.34 (lib/core/phases.ts, the packages arrivals 2.1.2 and driftless).
 *
 * @param phase this worker's share. @param worker from 1. @param totalWorkers those that have anything to do.
 */
export function workerSchedule(phase: Entry, worker: number, totalWorkers: number): WorkerSchedule {
  const maxVusers = phase.maxVusers === undefined ? Infinity : Number(phase.maxVusers);
  return { ...arrivalsOf(phase, worker, totalWorkers), maxVusers };
}

type Arrivals = Omit<WorkerSchedule, 'maxVusers'>;

function arrivalsOf(phase: Entry, worker: number, totalWorkers: number): Arrivals {
  const seconds = phaseSeconds(phase.duration);
  if (phase.pause !== undefined) return silence(phaseSeconds(phase.pause));
  if (phase.arrivalCount !== undefined) {
    const count = Number(phase.arrivalCount);
    const lengthMs = (seconds ?? Number.NaN) * 1000;
    return count > 0 ? evenly(lengthMs / count, lengthMs) : silence(0);
  }
  const rate = Number(phase.arrivalRate ?? 0);
  if (phase.rampTo !== undefined) return ramp(rate, Number(phase.rampTo), seconds ?? 1, { worker, totalWorkers });
  if (rate === 0) return silence(seconds);
  return phase.mode === 'poisson'
    ? atRandom(rate, seconds ?? Number.NaN)
    : evenly(1000 / rate, (seconds ?? Number.NaN) * 1000);
}

function silence(seconds = Infinity): Arrivals {
  return { arrivals: 0, variance: 0, lengthMs: seconds * 1000, timeOf: () => 0 };
}

/** One user every so often. The interval is cut to whole microseconds, so that many short ones may add a user. */
function evenly(intervalMs: number, durationMs: number): Arrivals {
  const tickUs = Math.floor(intervalMs * 1000);
  const arrivals = Math.floor((durationMs * 1000) / tickUs) || 0;
  // Artillery compares for equality with the number of arrivals, and never reaches 0.
  const lengthMs = arrivals > 0 ? (arrivals * tickUs) / 1000 : Infinity;
  return { arrivals, variance: 0, lengthMs, timeOf: (arrival) => ((arrival + 1) * tickUs) / 1000 };
}

/** A Poisson process. Its expectation stands for it: users evenly spread. */
function atRandom(rate: number, seconds: number): Arrivals {
  const arrivals = rate * seconds;
  return {
    arrivals,
    variance: arrivals,
    lengthMs: seconds * 1000,
    timeOf: (arrival) => ((arrival + 0.5) / rate) * 1000,
  };
}

/**
 * A ramp: a whole number of users for each second, rounded so that the workers together come close to the rate of that
 * second; within it one user per tick, the first one after the first tick.
 */
function ramp(from: number, to: number, seconds: number, of: { worker: number; totalWorkers: number }): Arrivals {
  const perSecond = Array.from({ length: Math.ceil(seconds) }, (_, second) => {
    const rate = seconds === 1 ? (from + to) / 2 : ((to - from) / (seconds - 1)) * second + from;
    const isExtra = Math.round((rate % 1) * of.totalWorkers) >= of.worker;
    return Math.max(0, Math.floor(rate) + (isExtra ? 1 : 0));
  });
  const upTo = cumulative(perSecond);
  // A ramp of one second has no tick in Artillery, and a timer fires once per millisecond at most.
  const tickMs = (users: number): number => (seconds === 1 ? 1 : Math.max(1, Math.floor(1000 / users)));
  let second = 0;
  return {
    arrivals: upTo.at(-1) ?? 0,
    variance: 0,
    lengthMs: perSecond.length * 1000,
    timeOf: (arrival) => {
      if (arrival < (upTo[second - 1] ?? 0)) second = 0;
      while (arrival >= (upTo[second] ?? Infinity)) second += 1;
      const users = perSecond[second] ?? 1;
      const inSecond = arrival - (upTo[second - 1] ?? 0) + 1;
      return second * 1000 + Math.min(1000, inSecond * tickMs(users));
    },
  };
}

function cumulative(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum;
  });
}
