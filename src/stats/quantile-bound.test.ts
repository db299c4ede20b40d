import { expect, test } from 'vitest';
import { upperQuantileBound, valuesNeeded } from './quantile-bound.ts';

/** The values 1 to n: the bound is its own rank. */
function ranks(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** P(Bin(n, q) < rank), summed term by term; in logs, since the first ones are too small for a number. */
function summed(rank: number, count: number, q: number): number {
  let [logTerm, sum] = [count * Math.log(1 - q), 0];
  for (let k = 0; k < rank; k += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(((count - k) / (k + 1)) * (q / (1 - q)));
  }
  return sum;
}

test.each([
  [0.5, 30],
  [0.9, 50],
  [0.95, 100],
  [0.95, 640],
  [0.99, 500],
])('of quantile %d of %d values it is the first rank whose chance suffices, by brute force', (q, count) => {
  const expected = ranks(count).find((rank) => summed(rank, count, q) >= 0.95);
  expect(upperQuantileBound(ranks(count), q, 0.95)).toBe(expected);
});

test('says nothing below the number of values that it needs, and the largest at that number', () => {
  expect(valuesNeeded(0.95, 0.95)).toBe(59);
  expect(upperQuantileBound(ranks(58), 0.95, 0.95)).toBeUndefined();
  expect(upperQuantileBound(ranks(59), 0.95, 0.95)).toBe(59);
});

test('needs five values for a median', () => {
  expect(valuesNeeded(0.5, 0.95)).toBe(5);
  expect(upperQuantileBound(ranks(5), 0.5, 0.95)).toBe(5);
});
