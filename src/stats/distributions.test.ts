import { expect, test } from 'vitest';
import { incompleteBeta } from './incomplete-beta.ts';
import { logFactorial, logGamma } from './log-gamma.ts';
import { normalQuantile, normalUpper } from './normal.ts';
import { studentQuantile, studentUpper } from './student-t.ts';

// All values: R 4.2.2, options(digits = 15), by the call beside them.
function expectNear(actual: number, expected: number, relative = 1e-12): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}

test.each([
  [0.1, 2.25271265173421], // lgamma(0.1)
  [0.5, 0.5723649429247],
  [4.2, 2.04855563696059],
  [100, 359.134205369575],
  [1e5, 1051287.70897366],
])('lgamma(%d)', (x, expected) => {
  expect(Math.abs(logGamma(x) / expected - 1)).toBeLessThan(1e-13);
});

test('log n! is a sum of logarithms', () => {
  for (const n of [0, 1, 2, 10, 170]) {
    const sum = Array.from({ length: n }, (_, index) => Math.log(index + 1)).reduce((a, b) => a + b, 0);
    expect(logFactorial(n)).toBeCloseTo(sum, 10);
  }
});

test.each([
  [0.2, 2, 3, 0.1808], // pbeta(0.2, 2, 3)
  [0.7, 0.5, 0.5, 0.630989880434455],
  [0.01, 30, 1.5, 6.22691776255467e-60],
])('pbeta(%d, %d, %d)', (x, a, b, expected) => {
  expectNear(incompleteBeta(x, a, b), expected);
});

test('the beta distribution lies between 0 and 1', () => {
  expect([-1, 0, 1, 2].map((x) => incompleteBeta(x, 2, 3))).toEqual([0, 0, 1, 1]);
});

test.each([
  [0.3, 0.382088577811047], // pnorm(0.3, lower.tail = FALSE)
  [2.5, 0.00620966532577613],
  [6, 9.86587645037698e-10],
  [9, 1.12858840595384e-19],
  [-1, 0.841344746068543],
])('pnorm(%d), upper tail', (z, expected) => {
  expectNear(normalUpper(z), expected, z > 5 ? 1e-8 : 1e-12);
});

test.each([
  [0.975, 1.95996398454005], // qnorm(0.975)
  [0.0001, -3.71901648545568],
  [1e-12, -7.03448382530113],
  [0.6, 0.2533471031358],
])('qnorm(%d)', (p, expected) => {
  expectNear(normalQuantile(p), expected, p < 1e-6 ? 1e-9 : 1e-12);
});

test.each([
  [2.1, 7, 0.0369355981064613], // pt(2.1, 7, lower.tail = FALSE)
  [-0.5, 3.3, 0.6757324618002207],
  [10, 1, 0.0317255174305536],
])('pt(%d, %d), upper tail', (t, degrees, expected) => {
  expectNear(studentUpper(t, degrees), expected);
});

test.each([
  [0.975, 7, 2.364624251592784], // qt(0.975, 7)
  [0.8, 11, 0.875529978073882],
  [0.99, 2.5, 5.353111173030887],
  [0.6, 100, 0.254022182458228],
])('qt(%d, %d)', (p, degrees, expected) => {
  expectNear(studentQuantile(p, degrees), expected);
});

test('quantiles undo tails, on both sides of the middle', () => {
  for (const p of [0.001, 0.2, 0.5, 0.8, 0.999]) {
    expect(1 - normalUpper(normalQuantile(p))).toBeCloseTo(p, 12);
    expect(1 - studentUpper(studentQuantile(p, 4.5), 4.5)).toBeCloseTo(p, 12);
  }
});
