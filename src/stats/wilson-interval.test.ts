import { expect, test } from 'vitest';
import { wilsonInterval } from './wilson-interval.ts';

// Python 3.11, from the formula as Wilson gives it: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), z = 1.959963984540054
test.each([
  [0, 10, 0, 0.2775328],
  [1, 10, 0.0178762, 0.4041501],
  [5, 10, 0.2365931, 0.7634069],
  [10, 10, 0.7224672, 1],
  [99, 100, 0.9455138, 0.9982326],
])('%d of %d', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval?.share).toBe(successes / trials);
  expect(interval?.low).toBeCloseTo(low, 6);
  expect(interval?.high).toBeCloseTo(high, 6);
});

test('nothing is known without trials', () => {
  expect(wilsonInterval(0, 0)).toBeUndefined();
});
