import { expect, test } from 'vitest';
import { predictionInterval } from './prediction-interval.ts';
import { momentsOf, welchTest } from './welch.ts';

const A = [101.2, 99.8, 103.4, 100.9, 98.7, 102.2];
const B = [108.3, 104.9, 111.2, 107.7, 109.9];

test('is t.test(b, a) of R 4.2.2', () => {
  const result = welchTest(A, B);
  expect((result?.difference ?? 0) / (result?.error ?? 0)).toBeCloseTo(5.80975753829422, 10);
  expect(result?.degrees).toBeCloseTo(6.99711412556878, 10);
  expect(result?.low).toBeCloseTo(4.3681155128034, 9);
  expect(result?.high).toBeCloseTo(10.36521782052995, 9);
  expect(result?.pGreater).toBeCloseTo(0.000328976866421529, 12);
});

test('the interval of one more value is predict(lm(a ~ 1), interval = "prediction") of R 4.2.2', () => {
  const interval = predictionInterval(A);
  expect(interval?.middle).toBeCloseTo(101.033333333333, 10);
  expect(interval?.low).toBeCloseTo(96.391710619809, 9);
  expect(interval?.high).toBeCloseTo(105.674956046858, 9);
});

test('one value has no variance', () => {
  expect(momentsOf([1])).toBeUndefined();
  expect(welchTest([1], B)).toBeUndefined();
  expect(predictionInterval([1])).toBeUndefined();
});

test('values that never vary differ for sure or not at all', () => {
  expect(welchTest([1, 1], [2, 2])).toMatchObject({ low: 1, high: 1, pGreater: 0 });
  expect(welchTest([1, 1], [1, 1])).toMatchObject({ low: 0, high: 0, pGreater: 1 });
});
