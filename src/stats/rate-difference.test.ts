import { expect, test } from 'vitest';
import { rateDifference } from './rate-difference.ts';

test.each([
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [10, 10, 0, 20, 0.6791, 1],
])('%d of %d less %d of %d', (hits, trials, otherHits, otherTrials, low, high) => {
  const bounds = rateDifference({ hits: otherHits, trials: otherTrials }, { hits, trials }, 0.025);
  expect(bounds.low).toBeCloseTo(low, 4);
  expect(bounds.high).toBeCloseTo(high, 4);
});

test('no errors on either side still leave room for some', () => {
  const { low, high } = rateDifference({ hits: 0, trials: 1000 }, { hits: 0, trials: 1000 }, 0.025);
  expect(high).toBeCloseTo(1.96 ** 2 / (1000 + 1.96 ** 2), 4);
  expect(low).toBeCloseTo(-high, 12);
});

test('nothing is known without trials, nor at a level of 0', () => {
  const some = { hits: 1, trials: 10 };
  expect(rateDifference(some, { hits: 0, trials: 0 }, 0.025)).toEqual({ low: -1, high: 1 });
  expect(rateDifference(some, some, 0)).toEqual({ low: -1, high: 1 });
});
