import { describe, expect, test } from 'vitest';
import { createWatch, isHopeless, pauseMsBeforeLook } from './polling.ts';

describe('a wait', () => {
  test('looks soon at first, then less often, twice a second at the least', () => {
    const pauses = Array.from({ length: 15 }, (_, looks) => pauseMsBeforeLook({ sinceMs: 0, looks }));
    expect(pauses[0]).toBe(50);
    expect(pauses[1]).toBeCloseTo(65);
    expect(pauses.at(-1)).toBe(500);
    expect([...pauses].sort((one, other) => one - other)).toEqual(pauses);
  });

  test.each([
    [49, 20_000, false],
    [50, 0, true],
    [0, 20_000.1, true],
  ])('after %i looks and %d ms is hopeless: %j', (looks, nowMs, expected) => {
    expect(isHopeless({ ...createWatch(0), looks }, nowMs)).toBe(expected);
  });
});
