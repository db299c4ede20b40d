import { expect, test } from 'vitest';
import { doubledRanks, signedRankTail, signedRankTest } from './signed-rank.ts';

const RANKS = (count: number): number[] => Array.from({ length: count }, (_, index) => 2 * (index + 1));

test.each([
  // R 4.2.2, psignrank(c(3, 5, 20), 8) and psignrank(c(0, 13, 40), 12): P(V <= v)
  [8, 3, 0.01953125],
  [8, 5, 0.0390625],
  [8, 20, 0.62890625],
  [12, 0, 0.000244140625],
  [12, 13, 0.021240234375],
  [12, 40, 0.545166015625],
])('of %d ranks a sum of at most %d', (count, sum, expected) => {
  const tail = signedRankTail(RANKS(count));
  expect(1 - (tail[2 * sum + 1] ?? 0)).toBeCloseTo(expected, 14);
});

test('is wilcox.test of R without ties', () => {
  // R 4.2.2, wilcox.test(x, exact = TRUE): V = 65, p-value = 0.04248046875; of x[1:8], alternative = "greater": V = 32, p 0.02734375
  const x = [0.021, -0.013, 0.054, 0.038, -0.002, 0.047, 0.011, 0.029, -0.031, 0.062, 0.017, 0.008];
  expect(signedRankTest(x)).toMatchObject({ statistic: 65, pTwoSided: 0.04248046875 });
  expect(signedRankTest(x.slice(0, 8))).toMatchObject({ statistic: 32, pGreater: 0.02734375 });
});

test('is exact with ties and zeros', () => {
  // SciPy 1.17.1, d without its zeros:
  // scipy.stats.wilcoxon(d, method=PermutationMethod(n_resamples=np.inf), alternative='greater'): 39.5, 0.025390625
  const { statistic, pGreater, pLess } = signedRankTest([3, -1, 2, 2, -2, 5, 1, 4, 0, 3]);
  expect([statistic, pGreater, pLess]).toEqual([39.5, 0.025390625, 0.986328125]);
});

test('the example of the documentation holds', () => {
  expect(doubledRanks([0.3, -0.1, 0, 0.1])).toEqual([6, 3, 0, 3]);
  expect(signedRankTest([1, 2, 3, -4, 5]).pGreater).toBe(0.21875);
});

test('nothing is seen where nothing differs', () => {
  for (const differences of [[], [0], [0, 0, 0]]) {
    expect(signedRankTest(differences)).toEqual({ statistic: 0, pGreater: 1, pLess: 1, pTwoSided: 1 });
  }
});
