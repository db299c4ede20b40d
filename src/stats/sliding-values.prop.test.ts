import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlidingValues } from './sliding-values.ts';

test('knows every order statistic of each window', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      (values, width) => {
        const sliding = new SlidingValues(values);
        for (const [index, value] of values.entries()) {
          sliding.add(value);
          const gone = values[index - width];
          if (gone !== undefined) sliding.remove(gone);
          const window = values.slice(Math.max(0, index - width + 1), index + 1).toSorted((a, b) => a - b);
          expect(window.map((_, rank) => sliding.atRank(rank))).toEqual(window);
          expect([sliding.count, sliding.sum]).toEqual([window.length, window.reduce((a, b) => a + b, 0)]);
        }
      },
    ),
  );
});
