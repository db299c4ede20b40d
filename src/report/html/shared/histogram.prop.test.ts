import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCells } from './cells.ts';
import { addBucket, addCells, clearHistogram, createHistogram, meanOf, quantilesOf, shareAbove } from './histogram.ts';
import { bucketOf, RELATIVE_ERROR, valueOfBucket } from './log-buckets.ts';

const values = fc.array(
  fc.double({ min: 0, max: 1e7, noNaN: true }).map((value) => (value < 1e-6 ? 0 : value)),
  { minLength: 1, maxLength: 300 },
);
const PROBABILITIES = [0, 0.25, 0.5, 0.9, 0.95, 0.99, 1];

/** Hyndman and Fan, type 7. */
function exactQuantile(sorted: readonly number[], probability: number): number {
  const place = probability * (sorted.length - 1);
  const rank = Math.floor(place);
  const below = sorted[rank] ?? 0;
  return below + (place - rank) * ((sorted[rank + 1] ?? below) - below);
}

function histogramOf(each: readonly number[]): ReturnType<typeof createHistogram> {
  const histogram = createHistogram();
  for (const value of each) addBucket(histogram, bucketOf(value), 1);
  return histogram;
}

test('quantiles and mean are right to within 1 %', () => {
  fc.assert(
    fc.property(values, (each) => {
      const histogram = histogramOf(each);
      const sorted = each.toSorted((a, b) => a - b);
      const found = quantilesOf(histogram, PROBABILITIES) ?? [];
      PROBABILITIES.forEach((probability, index) => {
        const exact = exactQuantile(sorted, probability);
        expect(Math.abs((found[index] ?? NaN) - exact)).toBeLessThanOrEqual(exact * RELATIVE_ERROR + 1e-9);
      });
      const mean = each.reduce((a, b) => a + b, 0) / each.length;
      expect(Math.abs((meanOf(histogram) ?? NaN) - mean)).toBeLessThanOrEqual(mean * RELATIVE_ERROR + 1e-9);
    }),
  );
});

test('adding up cells gives the histogram of all values together', () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 6 }), (bins) => {
      const cells = createCells();
      for (const bin of bins) {
        const counts = new Map<number, number>();
        for (const value of bin) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1);
        cells.add([...counts].toSorted(([a], [b]) => a - b));
      }
      const added = createHistogram();
      addCells(added, cells.finish(), 0, bins.length);
      expect(added).toEqual(histogramOf(bins.flat()));
    }),
  );
});

test('a cleared histogram is an empty one, and an empty one has no figures', () => {
  const histogram = histogramOf([1, 2, 1000]);
  clearHistogram(histogram);
  expect(histogram).toEqual(createHistogram());
  expect([quantilesOf(histogram, [0.5]), meanOf(histogram), shareAbove(histogram, 1)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('buckets sort as values do, also negative ones, and hold their value to within 1 %', () => {
  const some = [-500, -1, -0.001, 0, 1e-6, 0.001, 0.99, 1, 1.01, 17, 9999, 1e12];
  const buckets = some.map(bucketOf);
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
  some.forEach((value) => {
    expect(Math.abs(valueOfBucket(bucketOf(value)) - value)).toBeLessThanOrEqual(
      Math.abs(value) * RELATIVE_ERROR + 1e-12,
    );
  });
});

test('the share above a limit counts whole buckets', () => {
  expect(shareAbove(histogramOf([1, 2, 300, 400]), 100)).toBe(0.5);
});
