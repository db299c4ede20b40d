import { expect, test } from 'vitest';
import { createRandom } from '../../../stats/random.ts';
import { findKnee, type LoadPoint } from './knee.ts';

/** Points of a system whose time at a load is known, with noise of so many per cent. */
function points(timeAt: (perSecond: number) => number, noise: number, from = 10, to = 200): LoadPoint[] {
  const random = createRandom(`knee ${noise}`);
  return Array.from({ length: 150 }, (_, index) => {
    const perSecond = from + ((to - from) * index) / 149;
    return { perSecond, ms: timeAt(perSecond) * (1 + noise * (random.next() - 0.5) * 2) };
  });
}

const KNEE_AT_120 = (perSecond: number): number => 50 + Math.max(0, perSecond - 120) * 5;

test.each([0, 0.1, 0.3])('finds the knee of two lines under noise of %d', (noise) => {
  const knee = findKnee(points(KNEE_AT_120, noise));
  expect(knee?.perSecond).toBeGreaterThan(105);
  expect(knee?.perSecond).toBeLessThan(135);
  expect(knee?.slopeAbove).toBeGreaterThan(4);
});

test.each([
  ['constant times', () => 50],
  ['times that rise in one straight line', (perSecond: number) => perSecond],
  ['times that fall as caches warm up', (perSecond: number) => 200 - perSecond / 2],
])('finds none in %s', (_name, timeAt) => {
  for (const noise of [0, 0.1, 0.4]) expect(findKnee(points(timeAt, noise))).toBeUndefined();
});

test('finds none where the load hardly varies, or there are too few points', () => {
  expect(findKnee(points(KNEE_AT_120, 0.1, 110, 140))).toBeUndefined();
  expect(findKnee(points(KNEE_AT_120, 0).slice(0, 5))).toBeUndefined();
  expect(findKnee([])).toBeUndefined();
});
