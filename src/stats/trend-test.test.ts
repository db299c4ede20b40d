import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { trendOf } from './trend-test.ts';

const Z = [3.1, 3.4, 3.3, 3.9, 4.1, 3.8, 4.4, 4.4, 4.9, 5.2, 4.4];

test('is the statistic of Kendall with ties, and the slope of Theil and Sen', () => {
  // Python 3.11: S = 42, variance 161.333, 2 * scipy.stats.norm.sf(41 / sqrt(161.333)) = 0.0012469694974351366
  // scipy.stats.theilslopes(z).slope = 0.2 (SciPy 1.17.1)
  const { slope, p } = trendOf(Z);
  expect(slope).toBeCloseTo(0.2, 12);
  expect(p).toBeCloseTo(0.0012469694974351366, 14);
});

test('turns around with time', () => {
  const { slope, p } = trendOf(Z.toReversed());
  expect(slope).toBeCloseTo(-0.2, 12);
  expect(p).toBeCloseTo(0.0012469694974351366, 14);
});

test('sees no trend in a constant, nor in fewer than three values', () => {
  for (const values of [[], [1], [1, 2], [4, 4, 4, 4]]) expect(trendOf(values).p).toBe(1);
});

test('errs as often as it says', () => {
  const random = createRandom('no trend');
  const trials = 2000;
  let found = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    if (trendOf(Array.from({ length: 20 }, () => random.next())).p <= 0.05) found += 1;
  }
  expect(found / trials).toBeGreaterThan(0.03);
  expect(found / trials).toBeLessThan(0.065);
});
