import { expect, test } from 'vitest';
import { canonicalText, contentHash } from './content-hash.ts';

test('the order of keys does not count, that of a list does', () => {
  expect(contentHash({ a: 1, b: { c: 2, d: 3 } })).toBe(contentHash({ b: { d: 3, c: 2 }, a: 1 }));
  expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
  expect(contentHash({ a: 1, b: 2 })).toMatch(/^[0-9a-f]{12}$/);
});

test('a function and nothing at all have a text, too', () => {
  expect(canonicalText({ a: () => 1, b: undefined })).toBe('{}');
  expect(canonicalText(undefined)).toBe('null');
});
