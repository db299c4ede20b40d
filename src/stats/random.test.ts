import { describe, expect, test } from 'vitest';
import { createRandom } from './random.ts';

const draw = (label: string, count: number): number[] => {
  const random = createRandom(label);
  return Array.from({ length: count }, () => random.next());
};

describe('createRandom', () => {
  test('gives the same numbers for the same label, and others for a label that differs in one character', () => {
    expect(draw('42/1/Search/0', 50)).toEqual(draw('42/1/Search/0', 50));
    const shared = draw('42/1/Search/0', 50).filter((value) => draw('42/1/Search/1', 50).includes(value));
    expect(shared).toEqual([]);
  });

  test('is uniform over ten equal bins (chi-squared below the 99.9 % quantile of 9 degrees of freedom)', () => {
    const bins = draw('uniform', 10_000).map((value) => Math.floor(value * 10));
    const counts = Array.from({ length: 10 }, (_, bin) => bins.filter((other) => other === bin).length);
    const chiSquared = counts.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    expect(chiSquared).toBeLessThan(27.88);
  });

  test('has streams of neighbouring users that are not correlated', () => {
    const [one, other] = [draw('42/1/Search/7/think', 5_000), draw('42/1/Search/8/think', 5_000)];
    const product = one.reduce((sum, value, index) => sum + (value - 0.5) * ((other[index] ?? 0) - 0.5), 0);
    // A variance of 1/12 each: the standard error of the correlation is 1/√5000.
    expect(Math.abs((product / 5_000) * 12)).toBeLessThan(4 / Math.sqrt(5_000));
  });

  test('reaches both ends of a range of whole numbers, and nothing outside', () => {
    const random = createRandom('dice');
    const rolls = new Set(Array.from({ length: 500 }, () => random.integer(1, 6)));
    expect(rolls).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  test('refuses to pick from nothing', () => {
    expect(() => createRandom('none').pick([])).toThrow(RangeError);
  });

  test('gives as many hexadecimal digits as were asked for', () => {
    expect(createRandom('hex').hex(43)).toMatch(/^[0-9a-f]{43}$/);
  });
});
