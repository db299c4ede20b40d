import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { workerSchedule } from './worker-schedule.ts';

// The reference: Artillery's own phaser, which its package does not export, on a clock of ours.
const artillery = dirname(createRequire(import.meta.url).resolve('artillery/package.json'));
const { default: createPhaser } = (await import(pathToFileURL(join(artillery, 'dist/lib/core/phases.js')).href)) as {
  default: (phases: object[]) => { on(event: string, listener: () => void): unknown; run(): void };
};

/** How fast the clock goes while Artillery polls it with `setImmediate`. */
const POLL_MS = 0.1;

interface Clock {
  readonly nowMs: () => number;
  /** Lets time pass until no timer is left. */
  readonly runAll: () => Promise<void>;
  readonly restore: () => void;
}

/** Puts a clock in place of everything by which Artillery and its packages tell the time. */
function installClock(): Clock {
  const { setTimeout, clearTimeout, setImmediate, clearImmediate } = globalThis;
  const { hrtime } = process;
  const real = { setTimeout, clearTimeout, setImmediate, clearImmediate };
  const timers = new Map<number, { atMs: number; run: () => void }>();
  let [nowMs, lastId] = [0, 0];
  const schedule = (run: () => void, delayMs: number): number => {
    lastId += 1;
    timers.set(lastId, { atMs: nowMs + delayMs, run });
    return lastId;
  };
  const clear = (id: number): void => void timers.delete(id);
  const fakeHrtime = (since: readonly [number, number] = [0, 0]): [number, number] => {
    const ns = Math.round(nowMs * 1e6) - since[0] * 1e9 - since[1];
    return [Math.floor(ns / 1e9), ns % 1e9];
  };
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms: number) => schedule(run, ms >= 1 ? Math.floor(ms) : 1),
    setImmediate: (run: () => void) => schedule(run, POLL_MS),
    clearTimeout: clear,
    clearImmediate: clear,
  });
  process.hrtime = Object.assign(fakeHrtime, { bigint: () => BigInt(Math.round(nowMs * 1e6)) });

  async function runAll(): Promise<void> {
    for (;;) {
      // Promises and real immediates between two phases get their turn before time is found to stand still.
      if (timers.size === 0) await new Promise<void>((resolve) => real.setImmediate(resolve));
      if (timers.size === 0) return;
      let next = -1;
      for (const [id, { atMs }] of timers) if (next < 0 || atMs < (timers.get(next)?.atMs ?? 0)) next = id;
      const timer = timers.get(next);
      timers.delete(next);
      nowMs = Math.max(nowMs, timer?.atMs ?? 0);
      timer?.run();
      // What waits for that timer may be several promises away from its own.
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    }
  }

  const restore = (): void => {
    Object.assign(globalThis, real);
    process.hrtime = hrtime;
  };
  return { nowMs: () => nowMs, runAll, restore };
}

let clock: Clock;
beforeEach(() => {
  clock = installClock();
});
afterEach(() => clock.restore());

/** When Artillery lets users arrive, and how long its phase lasts, in milliseconds. */
async function byArtillery(phase: Entry, worker = 1, totalWorkers = 1): Promise<{ times: number[]; lengthMs: number }> {
  const phaser = createPhaser([{ ...phase, worker, totalWorkers }]);
  const times: number[] = [];
  let lengthMs = 0;
  phaser.on('arrival', () => times.push(clock.nowMs()));
  phaser.on('phaseCompleted', () => {
    lengthMs = clock.nowMs();
  });
  phaser.run();
  await clock.runAll();
  return { times, lengthMs };
}

function planned(phase: Entry, worker = 1, totalWorkers = 1): { times: number[]; lengthMs: number } {
  const schedule = workerSchedule(phase, worker, totalWorkers);
  return {
    times: Array.from({ length: schedule.arrivals }, (_, index) => schedule.timeOf(index)),
    lengthMs: schedule.lengthMs,
  };
}

/** Artillery's timers are whole milliseconds, and a clock that is polled is read a little late. */
const TOLERANCE_MS = 3;

function expectSame(ours: { times: number[]; lengthMs: number }, theirs: { times: number[]; lengthMs: number }): void {
  expect(ours.times).toHaveLength(theirs.times.length);
  const worst = Math.max(0, ...ours.times.map((time, index) => Math.abs(time - (theirs.times[index] ?? Infinity))));
  expect(worst).toBeLessThanOrEqual(TOLERANCE_MS);
  expect(Math.abs(ours.lengthMs - theirs.lengthMs)).toBeLessThanOrEqual(TOLERANCE_MS);
}

describe('workerSchedule agrees with the phaser of Artillery', () => {
  test.each<[string, Entry]>([
    ['a constant rate', { duration: 4, arrivalRate: 5, mode: 'uniform' }],
    ['a rate that does not divide a second', { duration: 3, arrivalRate: 7, mode: 'uniform' }],
    ['a duration in words', { duration: '2500ms', arrivalRate: 4, mode: 'uniform' }],
    [
      'a phase that ends before its duration, at its last arrival',
      { duration: '2900ms', arrivalRate: 1, mode: 'uniform' },
    ],
    ['an interval cut to microseconds, which adds a user', { duration: 1, arrivalRate: 1300, mode: 'uniform' }],
    ['a number of users', { duration: 5, arrivalCount: 7 }],
    ['a single user', { duration: 2, arrivalCount: 1 }],
    ['no users', { duration: 2, arrivalCount: 0 }],
    ['a pause', { pause: 3 }],
    ['a pause in words', { pause: '1500ms' }],
    ['a rate of 0, which is a pause', { duration: 2, arrivalRate: 0 }],
  ])('%s', async (_, phase) => {
    expectSame(planned(phase), await byArtillery(phase));
  });

  test.each<[string, Entry]>([
    ['rising', { duration: 5, arrivalRate: 1, rampTo: 9 }],
    ['falling to nothing', { duration: 4, arrivalRate: 8, rampTo: 0 }],
    ['below one user a second', { duration: 10, arrivalRate: 0.1, rampTo: 0.9 }],
    ['of one second, all at once', { duration: 1, arrivalRate: 2, rampTo: 6 }],
    ['of a second and a half, which overshoots', { duration: '1500ms', arrivalRate: 2, rampTo: 6 }],
    ['without a duration', { arrivalRate: 2, rampTo: 4 }],
  ])('a ramp %s', async (_, phase) => {
    const [ours, theirs] = [planned(phase), await byArtillery(phase)];
    // A ramp sleeps a second at a time, and each sleep may be a millisecond late.
    expectSame(ours, { ...theirs, lengthMs: ours.lengthMs });
    expect(Math.abs(ours.lengthMs - theirs.lengthMs)).toBeLessThanOrEqual(10);
  });

  test.each([1, 2, 3, 4])('the share of a ramp that worker %i of 4 gets', async (worker) => {
    const phase = { duration: 6, arrivalRate: 0.5, rampTo: 2.25 };
    expectSame(planned(phase, worker, 4), await byArtillery(phase, worker, 4));
  });

  test('the mean of a random process', async () => {
    const { arrivals, variance } = workerSchedule({ duration: 100, arrivalRate: 4, mode: 'poisson' }, 1, 1);
    expect([arrivals, variance]).toEqual([400, 400]);
  });
});

describe('workerSchedule', () => {
  test('says that a phase shorter than the time between two users never ends', () => {
    expect(workerSchedule({ duration: '500ms', arrivalRate: 1, mode: 'uniform' }, 1, 1).lengthMs).toBe(Infinity);
    expect(workerSchedule({ duration: '1s', arrivalRate: 1, mode: 'uniform' }, 1, 1).lengthMs).toBe(1000);
  });

  test('lets in as many at a time as the phase says, or any number', () => {
    expect(workerSchedule({ duration: 1, arrivalRate: 1, maxVusers: 3 }, 1, 1).maxVusers).toBe(3);
    expect(workerSchedule({ duration: 1, arrivalRate: 1 }, 1, 1).maxVusers).toBe(Infinity);
  });
});
