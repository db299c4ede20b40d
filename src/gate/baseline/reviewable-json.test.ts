import { expect, test } from 'vitest';
import { reviewableJson } from './reviewable-json.ts';

test('what fits stands on one line, and lists of objects have a line for each', () => {
  const value = {
    name: 'Search',
    none: undefined,
    p50: { value: 1.5, runs: [1, 2] },
    runs: [{ a: 1 }, { a: 2 }],
    no: [],
  };
  expect(reviewableJson(value)).toBe(`{
  "name": "Search",
  "p50": { "value": 1.5, "runs": [1, 2] },
  "runs": [
    { "a": 1 },
    { "a": 2 }
  ],
  "no": []
}
`);
});

test('a line of 120 columns stays, one of 121 is broken, and both are the same JSON', () => {
  const made = (length: number) => ({ key: { text: 'x'.repeat(length) } });
  // Indent, "key": { "text": "…" } and a comma.
  const [fits, breaks] = [made(96), made(97)];
  expect(reviewableJson(fits).split('\n')[1]).toHaveLength(119);
  expect(reviewableJson(breaks).split('\n')).toHaveLength(6);
  for (const each of [fits, breaks]) expect(JSON.parse(reviewableJson(each))).toEqual(each);
});

test('quotes, controls and names that are not identifiers survive', () => {
  const value = { 'a "b"\n': ['</script>', null, true, -0.5, { __proto__x: {} }] };
  expect(JSON.parse(reviewableJson(value))).toEqual(value);
});
