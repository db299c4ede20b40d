import { createRandom } from 'proving-ground/stats/random.ts';
import { describe, expect, test } from 'vitest';
import { createWeightedPick, drawLogNormal, shuffled } from './distributions.ts';

function sortedDraws(count: number, draw: () => number): number[] {
  return Array.from({ length: count }, draw).sort((one, other) => one - other);
}

describe('drawLogNormal', () => {
  const random = createRandom('log-normal');
  const draws = sortedDraws(20_000, () => drawLogNormal(random, 3, 1.8));
  const quantile = (share: number): number => draws[Math.floor(share * draws.length)] ?? 0;

  test('has the median that was asked for', () => {
    // The standard error of the median is about 0.5 % here; 3 % is six of them.
    expect(Math.abs(quantile(0.5) / 3 - 1)).toBeLessThan(0.03);
  });

  test('has two thirds of its numbers within a factor of the spread', () => {
    const within = draws.filter((value) => value > 3 / 1.8 && value < 3 * 1.8).length / draws.length;
    // Exactly 68.27 %, as one standard deviation of the logarithm.
    expect(within).toBeCloseTo(0.6827, 1);
    expect(Math.abs(within - 0.6827)).toBeLessThan(0.015);
  });

  test('has the long tail: the 97.7 % quantile is the spread squared above the median', () => {
    expect(Math.abs(quantile(0.97725) / (3 * 1.8 ** 2) - 1)).toBeLessThan(0.06);
  });

  test('gives the median every time for a spread of 1', () => {
    expect(drawLogNormal(createRandom('flat'), 3, 1)).toBe(3);
  });
});

describe('createWeightedPick', () => {
  test('draws ranks weighted 1/rank by Zipf: the slope of frequency over rank is -1 on logarithmic axes', () => {
    const ranks = Array.from({ length: 50 }, (_, index) => index + 1);
    const pick = createWeightedPick(ranks, (rank) => 1 / rank);
    const random = createRandom('zipf');
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 50_000; draw += 1) {
      const rank = pick(random);
      counts.set(rank, (counts.get(rank) ?? 0) + 1);
    }
    const slope = slopeOf(ranks.map((rank) => [Math.log(rank), Math.log(counts.get(rank) ?? 1)] as const));
    expect(slope).toBeGreaterThan(-1.05);
    expect(slope).toBeLessThan(-0.95);
  });

  test('never draws beyond the last item', () => {
    const pick = createWeightedPick(['a', 'b'], () => 1);
    expect(pick({ ...createRandom('x'), next: () => 1 - 2 ** -32 })).toBe('b');
    expect(pick({ ...createRandom('x'), next: () => 0 })).toBe('a');
  });

  test.each([0, -1, Number.NaN, Infinity])('refuses a weight of %s', (weight) => {
    expect(() => createWeightedPick(['a'], () => weight)).toThrow(RangeError);
  });

  test('refuses an empty list', () => {
    expect(() => createWeightedPick([], () => 1)).toThrow(RangeError);
  });
});

describe('shuffled', () => {
  test('keeps every item once and leaves the original alone', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const order = shuffled(createRandom('order'), items);
    expect(order).not.toEqual(items);
    expect([order.length, new Set(order)]).toEqual([items.length, new Set(items)]);
    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

/** The slope of the least-squares line. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
