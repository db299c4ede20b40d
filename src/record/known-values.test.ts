import { expect, test } from 'vitest';
import { KnownValues } from './known-values.ts';

function knowing(...values: string[]): KnownValues {
  const known = new KnownValues();
  for (const value of values) known.add(value);
  return known;
}

test('finds a member of 6 characters inside a text, and one of 5 only as a whole', () => {
  const known = knowing('abcdef', 'vwxyz');
  expect(known.lengthAt('--abcdef--', 2)).toBe(6);
  expect(known.lengthAt('--abcdef--', 1)).toBe(0);
  expect(known.lengthAt('--vwxyz--', 2)).toBe(0);
  expect(known.has('vwxyz')).toBe(true);
});

test('takes up nothing below 4 characters, no common word and nothing twice', () => {
  const known = new KnownValues();
  expect(['abc', 'true', 'None', 'abcd', 'abcd'].map((value) => known.add(value))).toEqual([
    false,
    false,
    false,
    true,
    false,
  ]);
  expect(known.size).toBe(1);
});

test('finds the longest of members that begin alike', () => {
  const known = knowing('token-1', 'token-12', 'token-123456');
  expect(known.lengthAt('token-1234', 0)).toBe('token-12'.length);
  expect(known.lengthAt('token-123456', 0)).toBe('token-123456'.length);
});

test('agrees with a search for each member on its own', () => {
  const values = Array.from({ length: 500 }, (_, index) => `eyJhbGciOi.${(index * 7919).toString(36)}`);
  const known = knowing(...values);
  const text = `x${values[17]}y${values[499]}z eyJhbGciOi.nothing`;
  const expected = Array.from({ length: text.length }, (_, offset) =>
    Math.max(0, ...values.filter((value) => text.startsWith(value, offset)).map((value) => value.length)),
  );
  expect(Array.from({ length: text.length }, (_, offset) => known.lengthAt(text, offset))).toEqual(expected);
});
