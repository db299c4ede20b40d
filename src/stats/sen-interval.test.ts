import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { senSlope } from './sen-interval.ts';

test('a straight line has its slope, and an interval of no width', () => {
  const line = Array.from({ length: 20 }, (_, index) => 5 + 3 * index);
  expect(senSlope(line)).toEqual({ slope: 3, low: 3, high: 3 });
});

test('one wild value hardly moves it', () => {
  const line = Array.from({ length: 30 }, (_, index) => (index === 12 ? 10_000 : 2 * index));
  expect(senSlope(line)?.slope).toBeCloseTo(2, 1);
});

test('says nothing of fewer than eight values', () => {
  expect(senSlope([1, 2, 3, 4, 5, 6, 7])).toBeUndefined();
  expect(senSlope([1, 2, 3, 4, 5, 6, 7, 8])?.slope).toBe(1);
});

test('its interval holds the true slope in about 95 of 100 noisy series', () => {
  let held = 0;
  for (let series = 0; series < 400; series += 1) {
    const random = createRandom(`series ${series}`);
    const values = Array.from({ length: 24 }, (_, index) => 0.1 * index + random.next() + random.next());
    const { low = 1, high = 0 } = senSlope(values) ?? {};
    if (low <= 0.1 && 0.1 <= high) held += 1;
  }
  expect(held / 400).toBeGreaterThan(0.92);
  expect(held / 400).toBeLessThan(0.985);
});
