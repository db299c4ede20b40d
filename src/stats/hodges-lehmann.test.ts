import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hodgesLehmann, signedRankInterval, walshAverages } from './hodges-lehmann.ts';
import { createRandom } from './random.ts';
import { signedRankTest } from './signed-rank.ts';

const X = [0.021, -0.013, 0.054, 0.038, -0.002, 0.047, 0.011, 0.029, -0.031, 0.062, 0.017, 0.008];

test('is wilcox.test of R', () => {
  // R 4.2.2, wilcox.test(x, exact = TRUE, conf.int = TRUE): 0.02025, 95 % from 0.002 to 0.038
  const averages = walshAverages(X);
  expect(hodgesLehmann(averages)).toBeCloseTo(0.02025, 14);
  expect(signedRankInterval(averages, 0.025).low).toBeCloseTo(0.002, 14);
  expect(signedRankInterval(averages, 0.025).high).toBeCloseTo(0.038, 14);
});

test('is wilcox.test of R for eight values', () => {
  // R 4.2.2, wilcox.test(x[1:8], exact = TRUE, conf.int = TRUE, conf.level = 0.9): 0.0235, from 0.0045 to 0.0415
  const averages = walshAverages(X.slice(0, 8));
  expect(hodgesLehmann(averages)).toBeCloseTo(0.0235, 14);
  expect(signedRankInterval(averages, 0.05).low).toBeCloseTo(0.0045, 14);
  expect(signedRankInterval(averages, 0.05).high).toBeCloseTo(0.0415, 14);
});

test('says nothing where the smallest p-value is above the level, and something one step on', () => {
  // 2^-5 = 3.1 %, 2^-6 = 1.6 %
  expect(signedRankInterval(walshAverages([1, 2, 3, 4, 5]), 0.025)).toEqual({ low: -Infinity, high: Infinity });
  expect(signedRankInterval(walshAverages([1, 2, 3, 4, 5, 6]), 0.025)).toEqual({ low: 1, high: 6 });
});

test('of equal values is that value', () => {
  const averages = walshAverages(new Array<number>(8).fill(0.3));
  expect(hodgesLehmann(averages)).toBe(0.3);
  expect(signedRankInterval(averages, 0.025)).toEqual({ low: 0.3, high: 0.3 });
});

// The smallest numbers of all have no half: their averages would be rounded to 0.
const value = fc.double({ min: -3, max: 3, noNaN: true }).map((number) => (Math.abs(number) < 1e-300 ? 0 : number));
const values = fc.array(value, { minLength: 6, maxLength: 12 });

test('moves with the values, turns with their signs, and does not see their order', () => {
  fc.assert(
    fc.property(values, fc.double({ min: -2, max: 2, noNaN: true }), (list, shift) => {
      const [plain, moved, turned, reversed] = [
        list,
        list.map((value) => value + shift),
        list.map((value) => -value),
        list.toReversed(),
      ].map((each) => {
        const averages = walshAverages(each);
        return [hodgesLehmann(averages), ...Object.values(signedRankInterval(averages, 0.025))] as number[];
      });
      const [estimate = 0, low = 0, high = 0] = plain ?? [];
      [estimate + shift, low + shift, high + shift].forEach((expected, index) => {
        expect(moved?.[index]).toBeCloseTo(expected, 10);
      });
      [-estimate, -high, -low].forEach((expected, index) => {
        expect(turned?.[index]).toBeCloseTo(expected, 10);
      });
      expect(reversed).toEqual(plain);
    }),
  );
});

test('the interval lies above 0 just where the test says so', () => {
  fc.assert(
    fc.property(values, (list) => {
      // The test leaves zeros out, the interval does not; values that cancel out exactly are ties.
      fc.pre(new Set(list.map(Math.abs)).size === list.length && !list.includes(0));
      const { low } = signedRankInterval(walshAverages(list), 0.05);
      expect(low > 0).toBe(signedRankTest(list).pGreater <= 0.05);
    }),
  );
});

test('covers the truth as often as it says, for heavy tails too', () => {
  const random = createRandom('coverage of the signed-rank interval');
  const trials = 3000;
  let covered = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    // Cauchy: no mean, no variance.
    const list = Array.from({ length: 12 }, () => 0.05 + Math.tan(Math.PI * (random.next() - 0.5)) / 50);
    const { low, high } = signedRankInterval(walshAverages(list), 0.025);
    if (low <= 0.05 && 0.05 <= high) covered += 1;
  }
  // Exactly 95.75 % for 12 values; three standard deviations around it.
  expect(covered / trials).toBeGreaterThan(0.946);
  expect(covered / trials).toBeLessThan(0.969);
});
