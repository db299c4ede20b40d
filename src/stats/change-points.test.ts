import { expect, test } from 'vitest';
import { bestSplit, changePoints } from './change-points.ts';
import { createRandom } from './random.ts';

const noise = (count: number, level: number, label: string): number[] => {
  const random = createRandom(label);
  return Array.from({ length: count }, () => level + random.next());
};

/** By the definition of the energy distance, without any sums kept. */
function byDefinition(values: readonly number[], minSize: number): { split: number; distance: number } | undefined {
  const mean = (xs: readonly number[], ys: readonly number[]): number =>
    xs.flatMap((x) => ys.map((y) => Math.abs(x - y))).reduce((a, b) => a + b, 0);
  let best: { split: number; distance: number } | undefined;
  for (let split = minSize; split <= values.length - minSize; split += 1) {
    for (let end = split + minSize; end <= values.length; end += 1) {
      const [left, right] = [values.slice(0, split), values.slice(split, end)];
      const [m, n] = [left.length, right.length];
      const energy =
        (2 * mean(left, right)) / (m * n) - mean(left, left) / (m * (m - 1)) - mean(right, right) / (n * (n - 1));
      const distance = ((m * n) / (m + n)) * energy;
      if (distance > (best?.distance ?? 0) + 1e-12) best = { split, distance };
    }
  }
  return best;
}

test('the best split is that of the definition', () => {
  for (const label of ['a', 'b', 'c']) {
    const values = [...noise(7, 0, label), ...noise(6, 0.7, `${label} later`)];
    const [found, expected] = [bestSplit(values, 3), byDefinition(values, 3)];
    expect(found?.split).toBe(expected?.split);
    expect(found?.distance).toBeCloseTo(expected?.distance ?? 0, 10);
  }
});

test('finds two changes where they are', () => {
  const series = [...noise(20, 10, 'one'), ...noise(20, 12, 'two'), ...noise(15, 9, 'three')];
  const found = changePoints(series, { random: createRandom('permute'), permutations: 199 });
  expect(found.map(({ index }) => index)).toEqual([20, 40]);
  expect(found.every(({ p }) => p <= 0.01)).toBe(true);
});

test('finds a change that is taken back', () => {
  const series = [...noise(20, 10, 'one'), ...noise(8, 12, 'two'), ...noise(20, 10, 'three')];
  const found = changePoints(series, { random: createRandom('permute'), permutations: 199 });
  expect(found.map(({ index }) => index)).toEqual([20, 28]);
});

test('nothing changes in a constant, nor in too few runs', () => {
  const options = { random: createRandom('permute') };
  expect(changePoints(new Array(40).fill(5), options)).toEqual([]);
  expect(changePoints([1, 1, 1, 1, 9, 9, 9, 9], options)).toEqual([]);
});

test('errs as often as it says in series without a change', () => {
  const trials = 150;
  let found = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const options = { random: createRandom(`permute ${trial}`), permutations: 39, alpha: 0.05 };
    if (changePoints(noise(24, 3, `null ${trial}`), options).length > 0) found += 1;
  }
  // 5 %; three standard deviations above.
  expect(found / trials).toBeLessThan(0.104);
});
