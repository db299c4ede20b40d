import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closest, didYouMean, editDistance } from './closest.ts';

describe('editDistance', () => {
  test.each([
    ['arrivalrat', 'arrivalRate', 1],
    ['gett', 'get', 1],
    ['uesr', 'user', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['same', 'SAME', 0],
  ])('from %s to %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  test('is 0 only for the same word, symmetric, and at most the longer length', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

describe('closest', () => {
  test('finds a misspelt word', () => {
    expect(closest('phasess', ['phases', 'payload'])).toBe('phases');
    expect(closest('iftrue', ['ifTrue', 'url'])).toBe('ifTrue');
  });

  test('lets a third of the letters change, and not one more', () => {
    expect(closest('abcdeX', ['abcdef'])).toBe('abcdef');
    expect(closest('abcdXY', ['abcdef'])).toBe('abcdef');
    expect(closest('abcXYZ', ['abcdef'])).toBeUndefined();
  });

  test('finds nothing in words of two letters that differ', () => {
    expect(closest('on', ['in'])).toBeUndefined();
  });
});

describe('didYouMean', () => {
  test('knows the word that another is a part of, if there is only one', () => {
    expect(didYouMean('rate', ['arrivalRate', 'duration'])).toBe('arrivalRate');
    expect(didYouMean('arrival', ['arrivalRate', 'arrivalCount'])).toBeUndefined();
  });
});
