import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fisherExact } from './fisher-exact.ts';

test.each([
  // R 4.2.2, fisher.test(matrix(c(8, 1, 2, 5), 2))$p.value
  [8, 2, 1, 5, 0.034965034965035],
  [11, 13, 3, 21, 0.0243008942252253],
  [0, 24, 5, 19, 0.049645390070922],
])('[[%d, %d], [%d, %d]]', (a, b, c, d, expected) => {
  expect(fisherExact([[a, b], [c, d]])).toBeCloseTo(expected, 12); // biome-ignore format: a table
});

test('says nothing where a row or a column is empty', () => {
  expect(fisherExact([[0, 0], [3, 4]])).toBeCloseTo(1, 12); // biome-ignore format: a table
  expect(fisherExact([[0, 5], [0, 4]])).toBeCloseTo(1, 12); // biome-ignore format: a table
});

const count = fc.nat({ max: 30 });

test('does not see which row is which', () => {
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      const p = fisherExact([[a, b], [c, d]]); // biome-ignore format: a table
      expect(p).toBeGreaterThan(0);
      expect(fisherExact([[c, d], [a, b]])).toBeCloseTo(p, 9); // biome-ignore format: a table
      expect(fisherExact([[a, c], [b, d]])).toBeCloseTo(p, 9); // biome-ignore format: a table
    }),
  );
});
