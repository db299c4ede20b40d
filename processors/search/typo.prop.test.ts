import fc from 'fast-check';
import { createRandom } from 'proving-ground/stats/random.ts';
import { expect, test } from 'vitest';
import { makeTypo } from './typo.ts';

const word = fc.stringMatching(/^[a-z]{2,20}$/);

test('a typo is never the word itself, and never more than one letter longer or shorter', () => {
  fc.assert(
    fc.property(word, fc.string(), (right, label) => {
      const wrong = makeTypo(createRandom(label), right);
      expect(wrong).not.toBe(right);
      expect(Math.abs(wrong.length - right.length)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a single letter cannot be mistyped', () => {
  expect(makeTypo(createRandom('x'), 'a')).toBe('a');
});
