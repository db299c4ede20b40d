import { expect, test } from 'vitest';
import { histogramBars, percentileCurve, percentileLabel } from './distribution.ts';
import { addBucket, createHistogram } from './histogram.ts';
import { bucketOf } from './log-buckets.ts';

function histogramOf(values: readonly number[]): ReturnType<typeof createHistogram> {
  const histogram = createHistogram();
  for (const value of values) addBucket(histogram, bucketOf(value), 1);
  return histogram;
}

const HUNDRED = histogramOf(Array.from({ length: 100 }, (_, index) => index + 1));

test('the percentile curve goes from the smallest value to the nine that one value is worth', () => {
  const curve = percentileCurve(HUNDRED);
  expect(curve[0]?.odds).toBe(1);
  expect(curve[0]?.ms).toBeCloseTo(1, 1);
  expect(curve.at(-1)?.odds).toBe(100);
  expect(curve.at(-1)?.ms).toBeGreaterThan(98);
  expect(curve.find(({ odds }) => odds === 10)?.ms).toBeCloseTo(90, -1);
  expect(percentileCurve(createHistogram())).toEqual([]);
});

test('labels have as many nines as are meant', () => {
  expect([1, 10, 100, 1000, 10_000].map(percentileLabel)).toEqual(['0 %', '90 %', '99 %', '99.9 %', '99.99 %']);
});

test('bars have no gaps, and every value is in one of them', () => {
  const bars = histogramBars(histogramOf([1, 1.01, 100, 0]));
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  bars.slice(1).forEach((bar, index) => {
    expect(bar.fromMs).toBeCloseTo(bars[index]?.toMs ?? 0, 9);
  });
  expect(histogramBars(createHistogram())).toEqual([]);
});
