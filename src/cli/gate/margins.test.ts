import { expect, test } from 'vitest';
import { givenMargin, placedMargin } from './margins.ts';

const REQUESTS = ['Search', 'Sign in'];

test('of a request that the test makes, of a journey and of everything are taken', () => {
  expect(givenMargin('p50 of "Search" at most 5 % slower', REQUESTS).target).toEqual({
    kind: 'endpoint',
    name: 'Search',
  });
  expect(givenMargin('p95 of journey "Buy" at most 5 % slower', REQUESTS).metric).toBe('p95');
  expect(givenMargin('p95 at most 5 % slower', REQUESTS).target).toBeUndefined();
});

test('of a request that nobody makes are refused, with what was meant or what there is', () => {
  expect(() => givenMargin('p50 of "Serch" at most 5 % slower', REQUESTS)).toThrow(
    expect.objectContaining({
      message: '--margin: the test has no request called "Serch"',
      hint: 'Did you mean "Search"?',
    }),
  );
  expect(() => givenMargin('p50 of "Buy" at most 5 % slower', REQUESTS)).toThrow(
    expect.objectContaining({ hint: 'It has Search, Sign in.' }),
  );
});

test('of any request are taken where requests may be called anything', () => {
  expect(givenMargin('p50 of "Buy" at most 5 % slower', undefined).margin).toBe(0.05);
});

test('say where in the test they stand', () => {
  const position = { file: 'test.yml', line: 7, column: 11 };
  const made = { file: 'test.yml', config: {}, scenarios: [], keptPhases: 0, locate: () => position };
  expect(placedMargin('p50 at most 5 % slower', 0, { test: made, requests: REQUESTS }).position).toBe('test.yml:7:11');
  expect(() => placedMargin('p50 of "Serch" at most 5 %', 0, { test: made, requests: REQUESTS })).toThrow(
    'test.yml:7:11 margin: the test has no request called "Serch"',
  );
});
