import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOccupancy } from './occupancy.ts';
import { type Outcome, simulate, type WorkerRun } from './simulate.ts';
import { workerSchedule } from './worker-schedule.ts';

function constant(seconds: number, rate: number, maxVusers?: number): WorkerRun {
  const phase = { duration: seconds, arrivalRate: rate, ...(maxVusers === undefined ? {} : { maxVusers }) };
  return { phase: 0, schedule: workerSchedule(phase, 1, 1) };
}

function run(runs: readonly WorkerRun[], sessionMs: readonly number[], shares: readonly number[] = [1]): Outcome {
  const phases = Math.max(...runs.map(({ phase }) => phase)) + 1;
  return simulate({ workers: [runs], shares: new Array(phases).fill(shares), sessionMs, binMs: 1000, bins: 400 });
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

describe('createOccupancy', () => {
  test('keeps the time that everybody was present, in whichever bins', () => {
    const stay = fc.tuple(fc.double({ min: 0, max: 50, noNaN: true }), fc.double({ min: 0, max: 40, noNaN: true }));
    fc.assert(
      fc.property(fc.array(stay, { maxLength: 30 }), fc.constantFrom(0.5, 1, 7), (stays, binMs) => {
        const occupancy = createOccupancy(binMs, Math.ceil(100 / binMs));
        for (const [from, length] of stays) occupancy.add(from, from + length);
        const averages = occupancy.averages();
        expect(total(averages) * binMs).toBeCloseTo(total(stays.map(([, length]) => length)), 6);
        expect(Math.min(0, ...averages)).toBeGreaterThan(-1e-9);
      }),
    );
  });

  test('averages over a bin: half of it is half a user', () => {
    const occupancy = createOccupancy(1000, 3);
    occupancy.add(500, 2250);
    expect(occupancy.averages()).toEqual([0.5, 1, 0.25]);
  });
});

describe('simulate', () => {
  test('obeys the law of Little: presence is arrivals times stay', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(30_000),
        (seconds, rate, stayMs) => {
          const { presentByBin, startedByBin } = run([constant(seconds, rate)], [stayMs]);
          expect(total(presentByBin) * 1000).toBeCloseTo(total(startedByBin) * stayMs, 3);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('settles at rate times stay', () => {
    const { presentByBin } = run([constant(60, 4)], [10_000]);
    expect(presentByBin[30]).toBeCloseTo(40, 6);
  });

  test('counts every arrival once: let in or turned away, second by second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 60 }),
        (s, rate, cap) => {
          const { arrivals, skipped, startedByBin } = run([constant(s, rate, cap)], [3000]);
          expect(arrivals).toEqual([workerSchedule({ duration: s, arrivalRate: rate }, 1, 1).arrivals]);
          expect(total(startedByBin) + total(skipped)).toBe(total(arrivals));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('never has more at work than a phase allows, and lets the next one in when a place is free', () => {
    const { skipped, presentByBin, startedByBin } = run([constant(10, 10, 5)], [1000]);
    expect(Math.max(...presentByBin)).toBeLessThanOrEqual(5);
    // Five come in within 500 ms, and their places are free again a second after each of them came.
    expect([startedByBin[0], skipped[0]]).toEqual([5, 50]);
  });

  test('carries users over into the next phase, where they count against its limit', () => {
    const second = { phase: 1, schedule: workerSchedule({ duration: 1, arrivalRate: 10, maxVusers: 10 }, 1, 1) };
    expect(run([constant(1, 10), second], [60_000]).skipped).toEqual([0, 10]);
  });

  test('lets journeys take turns by their shares', () => {
    const { presentByBin, lastEndMs } = run([constant(10, 10)], [0, 10_000], [0.75, 0.25]);
    expect(total(presentByBin) * 1000).toBeCloseTo(25 * 10_000, 3);
    expect(lastEndMs).toBeGreaterThan(19_000);
  });

  test('puts a user on the boundary of two seconds into the earlier one', () => {
    expect(run([constant(3, 1)], [0]).startedByBin.slice(0, 4)).toEqual([1, 1, 1, 0]);
  });
});
