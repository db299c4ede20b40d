import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSketch, encodeSketch, mergeSketches, quantileOf, type Summary, sketchOf, summarise } from './sketch.ts';

const values = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

/** Around 1, where the keys of buckets change their sign. */
const small = fc.array(fc.double({ min: 0.01, max: 1.02, noNaN: true }), { minLength: 1, maxLength: 3 });

function nearestRank(sorted: readonly number[], q: number): number {
  return sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
}

/** Equal but for the last bits: the bucket width is stored as a double and computed anew when read. */
function expectSameFigures(actual: Summary | undefined, expected: Summary | undefined): void {
  expect(Object.keys(actual ?? {})).toEqual(Object.keys(expected ?? {}));
  for (const [name, value] of Object.entries(expected ?? {})) {
    const seen = Object.entries(actual ?? {}).find(([key]) => key === name)?.[1] ?? Number.NaN;
    expect(Math.abs(seen - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-9);
  }
}

describe('sketch', () => {
  test('a quantile is within 1 % of the value at its rank', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0, 0.25, 0.5, 0.9, 0.95, 0.99, 1), (sample, q) => {
        const sorted = sample.toSorted((a, b) => a - b);
        const exact = nearestRank(sorted, q);
        expect(Math.abs(quantileOf(sketchOf(sample), q) - exact)).toBeLessThanOrEqual(exact * 0.0101);
      }),
    );
  });

  test('merging counts values whose largest bucket is the one just below 1', () => {
    const merged = decodeSketch(encodeSketch(mergeSketches(sketchOf([0.19]), sketchOf([0.118, 0.994]))));
    expectSameFigures(summarise(merged), summarise(sketchOf([0.118, 0.19, 0.994])));
    expect(merged.count).toBe(3);
  });

  test('merging is the same as sketching both samples at once', () => {
    fc.assert(
      fc.property(fc.oneof(values, small), fc.oneof(values, small), (a, b) => {
        const merged = summarise(decodeSketch(encodeSketch(mergeSketches(sketchOf(a), sketchOf(b)))));
        const whole = summarise(sketchOf([...a, ...b]));
        expectSameFigures(merged, whole);
      }),
    );
  });

  test('coding to text and back keeps every figure', () => {
    fc.assert(
      fc.property(values, (sample) => {
        const sketch = sketchOf(sample);
        const twice = decodeSketch(encodeSketch(decodeSketch(encodeSketch(sketch))));
        expectSameFigures(summarise(twice), summarise(sketch));
        expectSameFigures(summarise(mergeSketches(twice, sketch)), summarise(mergeSketches(sketch, sketch)));
      }),
    );
  });

  test('no quantile lies outside the smallest and the largest value', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (sample, q) => {
        const quantile = quantileOf(sketchOf(sample), q);
        expect(quantile).toBeGreaterThanOrEqual(Math.min(...sample));
        expect(quantile).toBeLessThanOrEqual(Math.max(...sample));
      }),
    );
  });

  test('an empty sketch has no figures', () => {
    expect(summarise(sketchOf([]))).toBeUndefined();
  });
});
