import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { holm } from './holm.ts';

const P = [0.001, 0.2, 0.012, 0.04, 0.04, 0.7, 0.0003];

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 13);
  });
}

test("Holm's is p.adjust(p, 'holm') of R 4.2.2", () => {
  expectClose(holm(P), [0.006, 0.4, 0.06, 0.16, 0.16, 0.7, 0.0021]);
});

test("Benjamini's and Hochberg's is p.adjust(p, 'BH') of R 4.2.2", () => {
  expectClose(benjaminiHochberg(P), [0.0035, 0.7 / 3, 0.028, 0.056, 0.056, 0.7, 0.0021]);
});

test('the examples of the documentation hold', () => {
  expectClose(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
  expectClose(benjaminiHochberg([0.01, 0.04, 0.03]), [0.03, 0.04, 0.04]);
});

test('are at least the p-value and at most its Bonferroni correction, q-values below Holm', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (pValues) => {
      const [adjusted, q] = [holm(pValues), benjaminiHochberg(pValues)];
      pValues.forEach((p, index) => {
        expect(adjusted[index]).toBeLessThanOrEqual(Math.min(1, p * pValues.length));
        expect(q[index]).toBeLessThanOrEqual((adjusted[index] ?? 0) + 1e-15);
        expect(q[index]).toBeGreaterThanOrEqual(p - 1e-15);
      });
    }),
  );
});
