import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../plan/entry.ts';
import { arrivalPhase } from './arrival-phase.ts';
import { placePhases } from './course.ts';
import { type ScheduledArrival, scheduleOf } from './schedule.ts';

const HOUR = 3600;

function arrivals(raw: readonly Entry[], { worker = 1, workers = 1, seed = 'tests' } = {}): ScheduledArrival[] {
  const events = scheduleOf(raw.map(arrivalPhase), seed, { worker, workers });
  return [...events].filter((event) => event.kind === 'arrival');
}

function dueTimes(...raw: readonly Entry[]): number[] {
  return arrivals(raw).map(({ dueMs }) => dueMs);
}

function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

describe('evenly spread users', () => {
  test('stand in the middle of their share of the time', () => {
    expect(dueTimes({ duration: 2, arrivalRate: 2 })).toEqual([250, 750, 1250, 1750]);
    expect(dueTimes({ duration: '1m', arrivalCount: 3 })).toEqual([10_000, 30_000, 50_000]);
  });

  test('are as many as the rate makes, rounded to the nearest over all phases so far', () => {
    const ramp = { duration: 3, arrivalRate: 0.1, rampTo: 0.1 };
    // 0.3, 0.6, 0.9, 1.2, 1.5 users are due after each.
    const phases = arrivals([ramp, ramp, ramp, ramp, ramp]).map(({ phaseIndex }) => phaseIndex);
    expect(phases).toEqual([1, 4]);
    expect(dueTimes(ramp, ramp, ramp, ramp, ramp)).toEqual([5000, 15_000]);
  });

  test('carry a remainder over to the next phase, and not through a pause', () => {
    const slow = { duration: 1, arrivalRate: 0.25, rampTo: 0.25 };
    expect(dueTimes(slow, { pause: 10 }, slow, slow)).toEqual([12_000]);
  });

  test.each([1, 2, 3, 7, 12_345])('are exactly %i where an arrivalCount says so, whatever came before', (count) => {
    const before = { duration: 7, arrivalRate: 0.1, rampTo: 0.1 };
    const made = arrivals([before, { duration: 13, arrivalCount: count }]);
    expect(made.filter(({ phaseIndex }) => phaseIndex === 1)).toHaveLength(count);
  });

  test('of a ramp below one a second come closer and closer', () => {
    const times = dueTimes({ duration: 60, arrivalRate: 0.2, rampTo: 0.8 });
    expect(times).toHaveLength(30);
    const gaps = gapsOf(times);
    for (const [index, gap] of gaps.slice(1).entries()) expect(gap).toBeLessThan(gaps[index] ?? 0);
    expect(gaps[0]).toBeGreaterThan(4000);
    expect(gaps.at(-1)).toBeLessThan(1300);
  });

  test('of a ramp stand where the area below the line of rates has grown by one', () => {
    const [from, to, seconds] = [3, 11, 20];
    for (const [index, dueMs] of dueTimes({ duration: seconds, arrivalRate: from, rampTo: to }).entries()) {
      const t = dueMs / 1000;
      expect(from * t + ((to - from) * t * t) / (2 * seconds)).toBeCloseTo(index + 0.5, 9);
    }
  });

  test.each([
    [0, 10],
    [10, 0],
  ])('can ramp from %i to %i', (arrivalRate, rampTo) => {
    const times = dueTimes({ duration: 10, arrivalRate, rampTo });
    expect(times).toHaveLength(50);
    expect(times.every((time) => time > 0 && time < 10_000)).toBe(true);
  });

  test('a ramp without a duration lasts a second', () => {
    expect(dueTimes({ arrivalRate: 2, rampTo: 2 }, { duration: 1, arrivalRate: 1 })).toEqual([250, 750, 1500]);
  });

  test('do not drift in ten hours', () => {
    const seconds = 10 * HOUR;
    const phases = [1, 2, 3].map(() => arrivalPhase({ duration: seconds / 3, arrivalRate: 700 }));
    const last = placePhases(phases).at(-1);
    const [users, position] = [last?.evenArrivals ?? 0, last?.dueUsersAt(8_399_999) ?? 0];
    expect(users).toBe(8_400_000);
    expect(last?.timeOf(position)).toBeCloseTo(seconds * 1000 - 1000 / 1400, 6);
  });

  test('never come before the one before, nor outside their phase, and add up', () => {
    const rate = fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10);
    const phase = fc.oneof(
      fc.record({ duration: fc.integer({ min: 1, max: 20 }), arrivalRate: rate, rampTo: rate }),
      fc.record({ duration: fc.integer({ min: 1, max: 20 }), arrivalCount: fc.integer({ min: 0, max: 90 }) }),
      fc.record({ pause: fc.integer({ min: 1, max: 20 }) }),
    );
    fc.assert(
      fc.property(fc.array(phase, { minLength: 1, maxLength: 6 }), (raw) => {
        const placed = placePhases(raw.map(arrivalPhase));
        const made = arrivals(raw);
        let last = 0;
        for (const { dueMs, phaseIndex } of made) {
          expect(dueMs).toBeGreaterThanOrEqual(Math.max(last, placed[phaseIndex]?.startMs ?? Infinity));
          expect(dueMs).toBeLessThanOrEqual(placed[phaseIndex]?.endMs ?? 0);
          last = dueMs;
        }
        const due = placed.reduce((sum, { users }) => sum + users, 0);
        expect(Math.abs(made.length - due)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
  });
});

describe('users at random moments', () => {
  const poisson = { duration: 2000, arrivalRate: 10, mode: 'poisson' };

  /** The largest distance between the gaps' distribution and the exponential one (Kolmogorov–Smirnov). */
  function distanceFromExponential(gaps: readonly number[], mean: number): number {
    const sorted = gaps.toSorted((a, b) => a - b);
    const distances = sorted.map((gap, index) => {
      const expected = 1 - Math.exp(-gap / mean);
      return Math.max(expected - index / sorted.length, (index + 1) / sorted.length - expected);
    });
    return Math.max(...distances);
  }

  test('have exponential gaps', () => {
    const gaps = gapsOf(dueTimes(poisson));
    // The 1 % bound of the test: 1.63 / sqrt(n).
    expect(distanceFromExponential(gaps, 100)).toBeLessThan(1.63 / Math.sqrt(gaps.length));
    // What is evenly spread does not pass for it.
    expect(distanceFromExponential(gapsOf(dueTimes({ ...poisson, mode: 'uniform' })), 100)).toBeGreaterThan(0.3);
  });

  test('are as many on average as the rate says, with a variance as large', () => {
    const phase = arrivalPhase({ duration: 10, arrivalRate: 4, mode: 'poisson' });
    const counts = Array.from({ length: 400 }, (_, run) => {
      const events = scheduleOf([phase], `run ${run}`, { worker: 1, workers: 1 });
      return [...events].filter(({ kind }) => kind === 'arrival').length;
    });
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
    // Four standard errors each: sqrt(40 / 400), and 40 * sqrt(2 / 399).
    expect(Math.abs(mean - 40)).toBeLessThan(1.27);
    expect(Math.abs(variance - 40)).toBeLessThan(11.4);
  });

  test('follow a ramp', () => {
    const times = dueTimes({ duration: 1000, arrivalRate: 0, rampTo: 40, mode: 'poisson' });
    const early = times.filter((time) => time < 500_000).length;
    // A quarter of the area; four standard deviations of a binomial draw.
    expect(Math.abs(early / times.length - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / times.length));
  });

  test('are the same for the same seed, and others for another', () => {
    const times = (seed: string): number[] => arrivals([poisson], { seed }).map(({ dueMs }) => dueMs);
    expect(times('a')).toEqual(times('a'));
    expect(times('a')).not.toEqual(times('b'));
  });

  test('leave the remainder of evenly spread phases alone', () => {
    const slow = { duration: 1, arrivalRate: 0.25, rampTo: 0.25 };
    const burst = { duration: 1, arrivalRate: 20, mode: 'poisson' };
    const made = arrivals([slow, burst, slow]);
    expect(made.filter(({ phaseIndex }) => phaseIndex !== 1).map(({ dueMs }) => dueMs)).toEqual([3000]);
  });
});

describe('several workers', () => {
  const PHASES = [
    { duration: 10, arrivalRate: 8 },
    { duration: 10, arrivalRate: 3, mode: 'poisson' },
    { duration: 10, arrivalRate: 1, rampTo: 9, maxVusers: 2 },
    { duration: 10, arrivalCount: 11 },
  ];

  test.each([2, 3, 5])('%i of them have the users of one between them, each its own', (workers) => {
    const together = Array.from({ length: workers }, (_, index) => arrivals(PHASES, { worker: index + 1, workers }));
    expect(together.flat().toSorted((a, b) => a.number - b.number)).toEqual(arrivals(PHASES));
  });

  test('take turns, and where maxVusers has no place for one, it has no turn', () => {
    const third = arrivals(PHASES, { worker: 3, workers: 3 });
    const numbers = third.filter(({ phaseIndex }) => phaseIndex === 0).map(({ number }) => number);
    expect(numbers.slice(0, 3)).toEqual([2, 5, 8]);
    expect(third.some(({ phaseIndex }) => phaseIndex === 2)).toBe(false);
  });

  test('all see the beginning and the end of every phase, with its users in between', () => {
    const events = [...scheduleOf(PHASES.map(arrivalPhase), 'tests', { worker: 2, workers: 2 })];
    const boundaries = events.filter(({ kind }) => kind !== 'arrival');
    expect(boundaries.map(({ kind, dueMs }) => [kind, dueMs]).slice(0, 3)).toEqual([
      ['phase begins', 0],
      ['phase ends', 10_000],
      ['phase begins', 10_000],
    ]);
    const dueMs = events.map((event) => event.dueMs);
    expect(dueMs.toSorted((a, b) => a - b)).toEqual(dueMs);
  });
});

describe('arrivalPhase', () => {
  test.each([
    [{ arrivalRate: 5 }, 'phase: duration is missing; it must be a time above 0, such as 60 (seconds) or "2 min"'],
    [
      { name: 'Peak', duration: 'soon', arrivalRate: 5 },
      'phase "Peak": duration is "soon"; it must be a time above 0, such as 60 (seconds) or "2 min"',
    ],
    [{ duration: 5, arrivalRate: 'many' }, 'phase: arrivalRate is "many"; it must be a number from 0 upwards'],
    [{ duration: 5, rampTo: -1 }, 'phase: rampTo is -1; it must be a number from 0 upwards'],
  ])('refuses %j', (raw, message) => {
    expect(() => arrivalPhase(raw)).toThrow(message);
  });

  test('takes numbers that came as text, and times in words', () => {
    expect(arrivalPhase({ duration: '1.5 s', arrivalRate: '4' })).toMatchObject({ lengthMs: 1500, users: 6 });
  });
});
