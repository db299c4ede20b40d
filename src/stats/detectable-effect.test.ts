import { expect, test } from 'vitest';
import { detectableEffect, pairsToDetect } from './detectable-effect.ts';

test('is the sum of two quantiles over the root of the pairs', () => {
  // R 4.2.2: (qt(0.975, 11) + qt(0.8, 11)) * 0.1 / sqrt(12) = 0.0888113421593
  expect(detectableEffect(0.1, 12)).toBeCloseTo(0.0888113421593, 11);
});

test('without pairs nothing can be found', () => {
  expect([0, 1].map((pairs) => detectableEffect(0.1, pairs))).toEqual([Infinity, Infinity]);
});

test('says how many pairs it takes, and not one more', () => {
  expect(pairsToDetect(0.1, 0.05)).toBe(34);
  expect(detectableEffect(0.1, 34)).toBeLessThanOrEqual(0.05);
  expect(detectableEffect(0.1, 33)).toBeGreaterThan(0.05);
});

test('gives up where no number of pairs suffices', () => {
  expect(pairsToDetect(10, 0.05)).toBe(Infinity);
  expect(pairsToDetect(0, 0.05)).toBe(2);
});
