import { createRandom } from 'proving-ground/stats/random.ts';
import { describe, expect, test } from 'vitest';
import { loopDelayOf, unseenStallMs } from './loop-delay.ts';

/** What a clock that ticks every 10 ms sees of stalls, each from one time to another, in milliseconds. */
function ticksDuring(stalls: readonly (readonly [number, number])[], spanMs: number): number[] {
  const latenesses: number[] = [];
  let next = 0;
  for (let due = 10; due <= spanMs; ) {
    while ((stalls[next]?.[1] ?? Infinity) <= due) next += 1;
    const [from, to] = stalls[next] ?? [Infinity, Infinity];
    const fired = due >= from ? to : due;
    latenesses.push(fired - due);
    due = fired + 10;
  }
  return latenesses.toSorted((a, b) => b - a);
}

test('a stall that the clock did not tick in is what is left of the time', () => {
  expect(unseenStallMs(6_600, 0)).toBeCloseTo(6_573.4);
  expect(unseenStallMs(1_000, 400)).toBeCloseTo(579);
  expect(unseenStallMs(1_000, 980)).toBe(0);
  expect(unseenStallMs(1_000, 990)).toBe(0);
});

describe('loopDelayOf', () => {
  test('of a loop that is always in time is the lateness of its ticks', () => {
    expect(
      loopDelayOf(
        Array.from({ length: 100 }, () => 0.1),
        1000,
        10,
      ),
    ).toEqual({
      p50Ms: 0.1,
      p99Ms: 0.1,
      maxMs: 0.1,
      lateMs: 0,
    });
  });

  test('weighs a stall by its length: one of a second fills the second', () => {
    const delay = loopDelayOf([995], 1000, 10);
    expect(delay.maxMs).toBe(995);
    expect(delay.lateMs).toBe(990);
    expect(delay.p50Ms).toBe(495);
  });

  test('counts a tick that is late by exactly the limit as in time', () => {
    expect(loopDelayOf([10, 0, 0], 40, 10).lateMs).toBe(0);
    expect(loopDelayOf([10.1, 0, 0], 40, 10).lateMs).toBe(10);
  });

  test('is never late for longer than the span, and 0 where nothing ticked', () => {
    expect(loopDelayOf([5000], 1000, 10).lateMs).toBe(1000);
    expect(loopDelayOf([], 5, 10)).toEqual({ p50Ms: 0, p99Ms: 0, maxMs: 0, lateMs: 0 });
  });

  test.each([12, 25, 50, 200])('finds the time lost to stalls of %d ms without bias', (length) => {
    const random = createRandom(`stalls of ${length}`);
    const stalls: [number, number][] = [];
    for (let from = 300 * random.next(); from < 600_000 - length; from += length + 300 * random.next()) {
      stalls.push([from, from + length]);
    }
    const truth = stalls.length * (length - 10);
    const { lateMs } = loopDelayOf(ticksDuring(stalls, 600_000), 600_000, 10);
    expect(Math.abs(lateMs / truth - 1)).toBeLessThan(length === 12 ? 0.15 : 0.05);
  });
});
