import { expect, test } from 'vitest';
import { quoteLine, quoteValue } from './quote.ts';

test.each([
  ['  password: hunter2', '  password: ***'],
  ['    - apiKey: "abc" # comment', '    - apiKey: ***'],
  ['  authorization: Bearer abc', '  authorization: ***'],
  ['  pass: hunter2', '  pass: ***'],
  ['  "x-api-key": abc', '  "x-api-key": ***'],
  ['  target: https://ann:hunter2@host/', '  target: https://***@host/'],
  ['  password: "{{ password }}"', '  password: "{{ password }}"'],
  ['  cookie:', '  cookie:'],
  ['  url: /tokens', '  url: /tokens'],
])('%j is shown as %j', (line, shown) => {
  expect(quoteLine(line)).toBe(shown);
});

test.each([
  [null, 'nothing'],
  [[], 'an empty list'],
  [[1], 'a list'],
  [{ a: 1 }, 'a map'],
  ['text', '"text"'],
  [-5, '-5'],
  ['https://ann:pw@host', '"https://***@host"'],
])('the value %j is called %s', (value, shown) => {
  expect(quoteValue(value)).toBe(shown);
});

test('a long value is cut', () => {
  expect(quoteValue('x'.repeat(100))).toHaveLength(59);
});
