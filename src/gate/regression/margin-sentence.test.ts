import { expect, test } from 'vitest';
import { readMargin } from './margin-sentence.ts';

test.each([
  ['p95 at most 10 % slower', { metric: 'p95', margin: 0.1, worse: 'more' }],
  ['p50 of "Sign in" at most 2.5 %', { metric: 'p50', margin: 0.025, target: { kind: 'endpoint', name: 'Sign in' } }],
  ['error rate at most 0.5 points more', { metric: 'error rate', margin: 0.005, worse: 'more' }],
  [
    'throughput of journey "Buy" at most 5 % less',
    { metric: 'throughput', margin: 0.05, worse: 'less', target: { kind: 'journey', name: 'Buy' } },
  ],
  [
    'mean of metric "search.hits" at most 20 % fewer',
    { metric: 'mean', margin: 0.2, worse: 'less', target: { kind: 'custom metric', name: 'search.hits' } },
  ],
])('%s', (text, rule) => {
  expect(readMargin(text)).toEqual({ kind: 'margin', rule });
});

test.each([
  ['p95 < 300 ms', /is not a margin/],
  ['p90 at most 10 %', /p90 is not a metric/],
  ['p50 of Sign in at most 5 % slower', /a name stands in double quotes, and Sign in does not/],
  ["p50 of journey 'Buy' at most 5 % slower", /in double quotes, and Buy does not/],
  ['p90 of Search at most 5 % slower', /p90 of Search is not a metric/],
  ['p95 at most 0 %', /above 0/],
  ['error rate at most 5 %', /by points, not by %/],
  ['p95 at most 5 points', /by %, not by points/],
  ['error rate of metric "x" at most 1 point', /has no error rate/],
])('%s is refused', (text, message) => {
  const read = readMargin(text);
  expect(read.kind === 'fault' ? read.message : 'taken').toMatch(message);
});

test('who forgets the quotes is shown where they stand', () => {
  expect(readMargin('p50 of journey Buy at most 5 % slower')).toMatchObject({
    hint: 'Write: p50 of journey "Buy" at most …',
  });
});
