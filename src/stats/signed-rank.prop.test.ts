import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { doubledRanks, signedRankTest } from './signed-rank.ts';

const differences = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 9 });

/** All signs, one after the other. */
function bySigns(values: readonly number[]): { pGreater: number; pLess: number } {
  const ranks = doubledRanks(values);
  const observed = ranks.reduce((sum, rank, index) => sum + ((values[index] ?? 0) > 0 ? rank : 0), 0);
  let [greater, less] = [0, 0];
  for (let signs = 0; signs < 2 ** values.length; signs += 1) {
    const sum = ranks.reduce((total, rank, index) => total + ((signs >> index) & 1 ? rank : 0), 0);
    if (sum >= observed) greater += 1;
    if (sum <= observed) less += 1;
  }
  return { pGreater: greater / 2 ** values.length, pLess: less / 2 ** values.length };
}

test('equals counting all signs, with ties and zeros', () => {
  fc.assert(
    fc.property(differences, (values) => {
      expect(signedRankTest(values)).toMatchObject(bySigns(values));
    }),
  );
});

test('turns around with the signs and does not see the order', () => {
  fc.assert(
    fc.property(differences, (values) => {
      const { pGreater, pLess } = signedRankTest(values);
      expect(signedRankTest(values.map((value) => -value))).toMatchObject({ pGreater: pLess, pLess: pGreater });
      expect(signedRankTest(values.toReversed())).toMatchObject({ pGreater, pLess });
    }),
  );
});

test('errs no more often than it says under the null', () => {
  const random = createRandom('signed rank under the null');
  const trials = 4000;
  let found = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const values = Array.from({ length: 10 }, () => (random.next() - 0.5) ** 3);
    if (signedRankTest(values).pGreater <= 0.025) found += 1;
  }
  // The exact level is 24.4 / 1000; three standard deviations around it.
  expect(found / trials).toBeGreaterThan(0.017);
  expect(found / trials).toBeLessThan(0.032);
});
