import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { ratioInterval } from './ratio-interval.ts';

test('is the jackknife of a ratio', () => {
  // NumPy 2.4.6, SciPy 1.17.1: p/w without one each, sqrt(4/5*((l-l.mean())**2).sum()) * scipy.stats.t.ppf(.975, 4)
  const interval = ratioInterval([1, 2, 4, 3, 5], [10, 9, 12, 8, 14]);
  const half = 0.13953214551681084;
  expect(interval?.ratio).toBeCloseTo(0.2830188679245283, 12);
  expect(interval?.low).toBeCloseTo(0.2830188679245283 - half, 10);
  expect(interval?.high).toBeCloseTo(0.2830188679245283 + half, 10);
});

test('says nothing of a share of nothing', () => {
  expect(ratioInterval([], [])).toBeUndefined();
  expect(ratioInterval([1, 2], [0, 0])).toBeUndefined();
});

test('does not pretend to know from one value', () => {
  expect(ratioInterval([1], [2])).toEqual({ ratio: 0.5, low: -Infinity, high: Infinity });
});

test('is exact where the ratio never changes', () => {
  const interval = ratioInterval([1, 2, 3, 4], [2, 4, 6, 8]);
  expect(interval?.low).toBeCloseTo(0.5, 12);
  expect(interval?.high).toBeCloseTo(0.5, 12);
});

test('covers the truth about as often as it says, for neighbours that resemble each other, too', () => {
  const random = createRandom('coverage');
  let covered = 0;
  const trials = 600;
  for (let trial = 0; trial < trials; trial += 1) {
    let level = 0;
    const whole: number[] = [];
    const part = Array.from({ length: 240 }, () => {
      level = 0.6 * level + random.next() - 0.5;
      const size = 5 + random.next();
      whole.push(size);
      return size * 0.3 + level;
    });
    const interval = ratioInterval(part, whole);
    if (interval !== undefined && interval.low <= 0.3 && interval.high >= 0.3) covered += 1;
  }
  expect(covered / trials).toBeGreaterThan(0.91);
  expect(covered / trials).toBeLessThan(0.975);
});
