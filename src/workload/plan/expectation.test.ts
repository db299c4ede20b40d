import { describe, expect, test } from 'vitest';
import { expectedOf } from './expectation.ts';
import { exactly, withChance } from './tally.ts';

describe('expectedOf', () => {
  test('has no deviation where every user does the same', () => {
    const users = { started: 40, variance: 0, shares: [0.5, 0.5] };
    expect(expectedOf([exactly(3), exactly(3)], [users])).toEqual({ expected: 120, low: 120, high: 120, deviation: 0 });
  });

  test('is binomial where one of two journeys sends one request', () => {
    const { expected, deviation } = expectedOf(
      [exactly(1), exactly(0)],
      [{ started: 100, variance: 0, shares: [0.3, 0.7] }],
    );
    expect(expected).toBeCloseTo(30, 10);
    expect(deviation).toBeCloseTo(Math.sqrt(100 * 0.3 * 0.7), 10);
  });

  test('is the same binomial when the chance lies inside the journey', () => {
    const { deviation } = expectedOf([withChance(0.3)], [{ started: 100, variance: 0, shares: [1] }]);
    expect(deviation).toBeCloseTo(Math.sqrt(100 * 0.3 * 0.7), 10);
  });

  test('adds the chance in the number of users of a random process', () => {
    const { expected, deviation } = expectedOf([exactly(2)], [{ started: 400, variance: 400, shares: [1] }]);
    expect([expected, deviation]).toEqual([800, 40]);
  });

  test('adds up phases, and keeps a bound without limit', () => {
    const open = { mean: 2, low: 1, high: Infinity, variance: 0 };
    const phases = [10, 0, 5].map((started) => ({ started, variance: 0, shares: [1] }));
    expect(expectedOf([open], phases)).toEqual({ expected: 30, low: 15, high: Infinity, deviation: 0 });
  });
});
