import { expect, test } from 'vitest';
import { blockLengthFor, bootstrapQuantiles } from './block-bootstrap.ts';
import { quantileOfSorted } from './quantile.ts';
import { createRandom } from './random.ts';

function autoregressive(count: number, memory: number, label: string): number[] {
  const random = createRandom(label);
  let state = 0;
  return Array.from({ length: count }, () => {
    state = memory * state + Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    return state;
  });
}

test('blocks are as long as the cube root', () => {
  expect([1, 8, 9, 27, 1000, 1001].map(blockLengthFor)).toEqual([1, 2, 3, 3, 10, 11]);
});

test('a block as long as the series gives its own quantiles', () => {
  const series = autoregressive(101, 0.5, 'one block');
  const sorted = series.toSorted((a, b) => a - b);
  const options = { random: createRandom('x'), blockLength: 101, resamples: 3 };
  const [medians, tails] = bootstrapQuantiles(series, [0.5, 0.95], options);
  expect([...(medians ?? [])]).toEqual(new Array(3).fill(quantileOfSorted(sorted, 0.5)));
  expect([...(tails ?? [])]).toEqual(new Array(3).fill(quantileOfSorted(sorted, 0.95)));
});

test('of equal values nothing scatters', () => {
  const [medians] = bootstrapQuantiles(new Array(50).fill(7), [0.5], { random: createRandom('x'), resamples: 20 });
  expect(new Set(medians)).toEqual(new Set([7]));
});

test('the same seed gives the same resamples', () => {
  const series = autoregressive(200, 0.5, 'seed');
  const draw = () => bootstrapQuantiles(series, [0.5], { random: createRandom('seed'), resamples: 50 });
  expect(draw()).toEqual(draw());
});

function coverage(blockLength: number | undefined): number {
  const trials = 150;
  let covered = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const series = autoregressive(500, 0.8, `coverage ${trial}`);
    const random = createRandom(`coverage ${trial} again`);
    const [medians = new Float64Array()] = bootstrapQuantiles(series, [0.5], {
      random,
      resamples: 100,
      ...(blockLength === undefined ? {} : { blockLength }),
    });
    medians.sort();
    if (quantileOfSorted(medians, 0.025) <= 0 && quantileOfSorted(medians, 0.975) >= 0) covered += 1;
  }
  return covered / trials;
}

test('covers the truth of a series with memory far better than values drawn one by one', () => {
  const [single, blocks] = [coverage(1), coverage(undefined)];
  expect(single).toBeLessThan(0.75);
  expect(blocks).toBeGreaterThan(0.82);
});
