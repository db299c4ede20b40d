import { describe, expect, test } from 'vitest';
import { StampClock } from './stamp-clock.ts';

/** A clock of the day that can be set, beside one that cannot. */
function clocks(): { clock: StampClock; pass(ms: number): void; set(byMs: number): void; stamp(): [number, number] } {
  let steadyMs = 5_000;
  let dayMs = 1_700_000_000_900;
  const day = (): [number, number] => [Math.floor(dayMs / 1e3), Math.round((dayMs % 1e3) * 1e6)];
  const clock = new StampClock(() => ({ steadyMs, sec: day()[0], nanosec: day()[1] }));
  const pass = (ms: number): void => {
    steadyMs += ms;
    dayMs += ms;
  };
  const set = (byMs: number): void => {
    dayMs += byMs;
  };
  return { clock, pass, set, stamp: day };
}

describe('a stamp', () => {
  test('is told by the steady clock, also from one second to the next', () => {
    const { clock, pass, stamp } = clocks();
    const stamped = stamp();
    pass(250.5);
    clock.look();
    expect(clock.at(...stamped)).toBeCloseTo(5_000, 4);
    expect(clock.lookedAt).toBe(5_250.5);
  });

  test('of what came after the look is told as well', () => {
    const { clock, pass, stamp } = clocks();
    clock.look();
    pass(3);
    expect(clock.at(...stamp())).toBeCloseTo(5_003, 4);
  });

  test.each([3_600_000, -3_600_000, 20, -20])('from before the clock was set by %d ms is taken for now', (byMs) => {
    const { clock, pass, set, stamp } = clocks();
    const stamped = stamp();
    pass(100);
    set(byMs);
    clock.look();
    expect(clock.at(...stamped)).toBe(5_100);
    // What comes after that is stamped by the clock as it is now.
    const next = stamp();
    pass(2);
    clock.look();
    expect(clock.at(...next)).toBeCloseTo(5_100, 4);
  });

  test('is not lost to a clock that is being slewed', () => {
    const { clock, pass, set, stamp } = clocks();
    const stamped = stamp();
    pass(10_000);
    set(5);
    clock.look();
    expect(clock.at(...stamped)).toBeCloseTo(4_995, 4);
  });
});
