import { expect, test } from 'vitest';
import { nonNegativeLeastSquares } from './non-negative-least-squares.ts';
import { createRandom, type Random } from './random.ts';

test('is the answer of Lawson and Hanson', () => {
  // SciPy 1.17.1: scipy.optimize.nnls([[1,2,.5],[2,1,.3],[3,1,.9],[1,4,.1],[2,2,1.4]], [4,3,2,7,1.5])
  const columns = [
    [1, 2, 3, 1, 2],
    [2, 1, 1, 4, 2],
    [0.5, 0.3, 0.9, 0.1, 1.4],
  ];
  const { coefficients, residual } = nonNegativeLeastSquares(columns, [4, 3, 2, 7, 1.5]);
  expect(coefficients[0]).toBeCloseTo(0.05947955390334573, 12);
  expect(coefficients[1]).toBeCloseTo(1.6579925650557619, 12);
  expect(coefficients[2]).toBe(0);
  expect(residual).toBeCloseTo(5.751858736059484, 10);
});

test('gives nothing where every column points the other way', () => {
  // SciPy 1.17.1: scipy.optimize.nnls([[1,2],[3,4],[5,6.5]], [-1,-2,1]): the first of both takes nothing as well
  const fit = nonNegativeLeastSquares(
    [
      [1, 3, 5],
      [2, 4, 6.5],
    ],
    [-1, -2, 1],
  );
  expect(fit.coefficients).toEqual([0, 0]);
  expect(fit.residual).toBeCloseTo(2.449489742783178 ** 2, 12);
});

test('needs neither columns nor rows', () => {
  expect(nonNegativeLeastSquares([], [3, 4])).toEqual({ coefficients: [], residual: 25 });
  expect(nonNegativeLeastSquares([[], []], [])).toEqual({ coefficients: [0, 0], residual: 0 });
});

test('gives a column of zeros, and one that is there twice, no say', () => {
  const { coefficients, residual } = nonNegativeLeastSquares(
    [
      [0, 0, 0],
      [1, 2, 3],
      [1, 2, 3],
    ],
    [2, 4, 6],
  );
  expect(coefficients[0]).toBe(0);
  expect((coefficients[1] ?? 0) + (coefficients[2] ?? 0)).toBeCloseTo(2, 10);
  expect(residual).toBeCloseTo(0, 10);
});

/** The conditions of Karush, Kuhn and Tucker: no column that is out would help, and those that are in are used up. */
function violation(columns: readonly number[][], target: readonly number[], coefficients: readonly number[]): number {
  const left = target.map((value, row) => {
    return value - columns.reduce((sum, column, index) => sum + (column[row] ?? 0) * (coefficients[index] ?? 0), 0);
  });
  return Math.max(
    ...columns.map((column, index) => {
      const gain = column.reduce((sum, value, row) => sum + value * (left[row] ?? 0), 0);
      return (coefficients[index] ?? 0) > 0 ? Math.abs(gain) : gain;
    }),
  );
}

function problem(random: Random): { columns: number[][]; target: number[] } {
  const [rows, count] = [random.integer(4, 40), random.integer(1, 12)];
  const scale = 10 ** random.integer(-3, 3);
  const column = (): number[] => Array.from({ length: rows }, () => scale * (random.next() - 0.3));
  return { columns: Array.from({ length: count }, column), target: column() };
}

test('is a least squares fit that nothing improves, in 500 problems of all sizes and units', () => {
  const random = createRandom('non-negative');
  for (let trial = 0; trial < 500; trial += 1) {
    const { columns, target } = problem(random);
    const { coefficients } = nonNegativeLeastSquares(columns, target);
    expect(Math.min(...coefficients)).toBeGreaterThanOrEqual(0);
    const size = Math.max(...target.map(Math.abs)) ** 2 * target.length;
    expect(violation(columns, target, coefficients)).toBeLessThanOrEqual(1e-7 * size);
  }
});

test('does not depend on the units of the columns', () => {
  const random = createRandom('units');
  const { columns, target } = problem(random);
  const plain = nonNegativeLeastSquares(columns, target).coefficients;
  const scaled = nonNegativeLeastSquares(
    columns.map((column, index) => column.map((value) => value * 10 ** index)),
    target,
  ).coefficients;
  scaled.forEach((value, index) => {
    expect(value * 10 ** index).toBeCloseTo(plain[index] ?? Number.NaN, 8);
  });
});
