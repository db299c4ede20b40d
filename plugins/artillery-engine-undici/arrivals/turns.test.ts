import { describe, expect, test } from 'vitest';
import { TurnClock, turnsOf } from './turns.ts';

// Turns of 2 ms with 0.5 ms after each: the first one's are 100–102, 105–107, 110–112; the other's 102.5–104.5, 107.5–109.5.
const PLAN = { turnMs: 2, restMs: 0.5, isSecond: false };
const first = turnsOf(PLAN, 100);
const second = turnsOf({ ...PLAN, isSecond: true }, 100);

describe('turns', () => {
  test.each([
    ['within a turn', 100.5, 1, 101.5],
    ['over the turn of the other', 101, 2, 106],
    ['at the end of a turn, the beginning of the next', 101, 1, 105],
    ['between two turns, from the beginning of the next', 103, 0.25, 105.25],
    ['while the other has the turn, not before one’s own', 104, 0, 105],
    ['before the first turn, from its beginning', 20, 0.5, 100.5],
    ['over several turns', 100, 5, 111],
    ['in the middle of a turn, at once', 105.5, 0, 105.5],
  ])('count what is one’s own: %s', (_name, time, ownMs, expected) => {
    expect(first.after(time, ownMs)).toBeCloseTo(expected, 9);
  });

  test('of two sides are never the same', () => {
    const times = Array.from({ length: 400 }, (_, index) => 100 + index * 0.1);
    const mayBegin = times.map((time) => [first.after(time, 0) === time, second.after(time, 0) === time]);
    expect(mayBegin.filter(([one, other]) => one && other)).toEqual([]);
    expect(mayBegin.filter(([one, other]) => one || other).length).toBeGreaterThan(300);
  });

  test('give both sides the same time', () => {
    expect(second.after(100, 7) - first.after(100, 7)).toBeCloseTo(2.5, 9);
  });

  test('end with a turn, and not with the beginning of the next', () => {
    expect(first.until(100, 2)).toBeCloseTo(102, 9);
    expect(first.until(100, 4)).toBeCloseTo(107, 9);
    expect(first.until(100, 3)).toBeCloseTo(106, 9);
  });

  test('are as good as the clock for one who is alone', () => {
    const clock = new TurnClock();
    expect([clock.after(3, 4), clock.until(3, 4)]).toEqual([7, 7]);
    clock.keepTo(first);
    expect([clock.after(101, 2), clock.until(101, 1)]).toEqual([106, 102]);
  });
});
