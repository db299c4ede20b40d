import pl from 'nodejs-polars';
import { expect, test } from 'vitest';
import { quantileOfSorted } from './quantile.ts';

const VALUES = [3, 5, 8, 13, 21, 34, 55];

// By hand: the position of q among 7 values is 6 q.
const BY_HAND: readonly [q: number, value: number][] = [
  [0, 3],
  [0.1, 3 + 0.6 * 2],
  [0.25, 5 + 0.5 * 3],
  [0.5, 13],
  [0.95, 34 + 0.7 * 21],
  [1, 55],
];

test.each(BY_HAND)('follows the formula of type 7 for %d', (q, value) => {
  expect(quantileOfSorted(VALUES, q)).toBeCloseTo(value, 12);
});

test.each([0.001, 0.37, 0.5, 0.9, 0.95, 0.99, 0.999])('is what Polars interpolates for %d', (q) => {
  expect(quantileOfSorted(VALUES, q)).toBeCloseTo(pl.Series('values', VALUES).quantile(q, 'linear'), 12);
});

test('of one value is that value', () => {
  expect([0, 0.5, 1].map((q) => quantileOfSorted(Uint32Array.of(7), q))).toEqual([7, 7, 7]);
});
