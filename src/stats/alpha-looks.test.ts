import { expect, test } from 'vitest';
import { closingLook, type LookShape, plannedLooks } from './alpha-looks.ts';
import { normalQuantile } from './normal.ts';
import { createRandom } from './random.ts';

const z = (level: number): number => normalQuantile(1 - level);

const KNOWN: readonly [readonly number[], LookShape, readonly number[]][] = [
  // C. Jennison and B. W. Turnbull, Group Sequential Methods, 2000: tables 2.1 and 2.3, alpha 0.05 two-sided
  [[1, 2], 'pocock', [2.178, 2.178]],
  [[8, 16, 24], 'pocock', [2.289, 2.289, 2.289]],
  [[1, 2, 3, 4, 5], 'pocock', [2.413, 2.413, 2.413, 2.413, 2.413]],
  [[8, 16, 24], "o'brien-fleming", [3.471, 2.454, 2.004]],
  [[1, 2, 3, 4, 5], "o'brien-fleming", [4.562, 3.226, 2.634, 2.281, 2.04]],
];

test.each(KNOWN)('looks %j of %s', (pairs, shape, expected) => {
  const looks = plannedLooks(pairs, shape, 0.025);
  expect(looks.map((look) => look.pairs)).toEqual(pairs);
  looks.forEach(({ level }, index) => {
    expect(z(level)).toBeCloseTo(expected[index] ?? 0, 3);
  });
});

test('one look spends everything', () => {
  expect(plannedLooks([12], 'pocock', 0.025)[0]?.level).toBeCloseTo(0.025, 8);
  expect(closingLook([], 12, 0.025).level).toBeCloseTo(0.025, 8);
});

test('to close where the last look was planned changes nothing', () => {
  const looks = plannedLooks([10, 17, 24], 'pocock', 0.025);
  expect(closingLook(looks.slice(0, 2), 24, 0.025).level).toBeCloseTo(looks[2]?.level ?? 0, 6);
});

test('an early end may spend what is left, and no more than everything', () => {
  const looks = plannedLooks([8, 16, 24], 'pocock', 0.025);
  const { level } = closingLook(looks.slice(0, 1), 12, 0.025);
  expect(level).toBeGreaterThan(looks[1]?.level ?? 1);
  expect(level).toBeLessThan(0.025);
});

test('all looks together err as often as was planned', () => {
  const random = createRandom('looks under the null');
  const looks = plannedLooks([8, 16, 24], 'pocock', 0.025);
  const trials = 20_000;
  let crossed = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    let sum = 0;
    let isCrossed = false;
    for (let pair = 1; pair <= 24; pair += 1) {
      sum += Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
      const look = looks.find(({ pairs }) => pairs === pair);
      if (look !== undefined && sum / Math.sqrt(pair) > z(look.level)) isCrossed = true;
    }
    if (isCrossed) crossed += 1;
  }
  // Three standard deviations.
  expect(Math.abs(crossed / trials - 0.025)).toBeLessThan(0.0033);
});
