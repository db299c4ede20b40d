import { expect, test } from 'vitest';
import { batchMeans, warmUpOf } from './mser.ts';
import { createRandom } from './random.ts';

const noise = (count: number, label: string): number[] => {
  const random = createRandom(label);
  return Array.from({ length: count }, () => 1 + random.next());
};

/** By the definition: of every cut the squared standard error of what is left. */
function byDefinition(series: readonly number[]): number {
  const means = [...batchMeans(series, 5)];
  const statistics = means.slice(0, -4).map((_, cut) => {
    const rest = means.slice(cut);
    const mean = rest.reduce((a, b) => a + b, 0) / rest.length;
    return rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length ** 2;
  });
  return 5 * statistics.indexOf(Math.min(...statistics));
}

test('finds where slow answers of the beginning end', () => {
  const series = [...noise(60, 'start').map((value) => value * 10), ...noise(400, 'steady')];
  expect(warmUpOf(series)).toEqual({ kind: 'ends', count: 60 });
  expect(byDefinition(series)).toBe(60);
});

test('is the definition', () => {
  for (const label of ['a', 'b', 'c', 'd']) {
    const series = noise(200, label).map((value, index) => value + 5 * Math.exp(-index / 20));
    const expected = byDefinition(series);
    expect(warmUpOf(series)).toEqual(expected > 100 ? { kind: 'not over' } : { kind: 'ends', count: expected });
  }
});

test('leaves a steady series whole, and a constant one', () => {
  expect(warmUpOf(new Array(100).fill(3))).toEqual({ kind: 'ends', count: 0 });
});

test('a series that is never steady has no end of its warm-up', () => {
  const series = Array.from({ length: 200 }, (_, index) => (index < 150 ? index : 150));
  expect(warmUpOf(series)).toEqual({ kind: 'not over' });
});

test('needs ten batches', () => {
  expect(warmUpOf(noise(49, 'few'))).toEqual({ kind: 'too short' });
  expect(warmUpOf(noise(50, 'few')).kind).not.toBe('too short');
});

test('batches leave out what does not fill one', () => {
  expect([...batchMeans([1, 2, 3, 4, 5, 6, 7], 3)]).toEqual([2, 5]);
});
