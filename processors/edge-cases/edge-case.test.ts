import { createRandom } from 'proving-ground/stats/random.ts';
import { describe, expect, test } from 'vitest';
import { EDGE_KINDS, type EdgeKind, judge, parseEdgeKind, pickEdgeKind } from './edge-case.ts';

const EXPECTED: readonly (readonly [EdgeKind, number])[] = [
  ['wrong_password', 401],
  ['bad_token', 401],
  ['malformed_payload', 400],
  ['unknown_route', 404],
  ['forbidden', 403],
  ['oversized_body', 413],
  ['rate_limit', 429],
];

describe('judge', () => {
  test.each(EXPECTED)('%s must be refused with %i', (kind, status) => {
    expect(judge(kind, status, 1, '30')).toEqual({ outcome: 'as expected' });
  });

  test.each(EXPECTED)('%s answered with 200 is an error that names %i', (kind, status) => {
    expect(judge(kind, 200, 1, '30')).toEqual({ outcome: 'unexpected', what: `status 200 instead of ${status}` });
  });

  test.each([undefined, '', '0', '-1', '1.5', 'soon', 'Sat, 21 Nov 2026 00:00:00 GMT'])(
    'a 429 with Retry-After %j is an error',
    (retryAfter) => {
      expect(judge('rate_limit', 429, 11, retryAfter)).toMatchObject({ outcome: 'unexpected' });
    },
  );

  test('guessing goes on until the 30th attempt', () => {
    expect(judge('rate_limit', 401, 29, undefined)).toEqual({ outcome: 'not yet' });
    expect(judge('rate_limit', 401, 30, undefined)).toEqual({
      outcome: 'unexpected',
      what: 'no 429 after 30 attempts',
    });
  });
});

test('every kind is drawn, the costly ones rarely', () => {
  const random = createRandom('kinds');
  const drawn = Array.from({ length: 2_000 }, () => pickEdgeKind(random));
  expect(new Set(drawn)).toEqual(new Set(EDGE_KINDS));
  expect(drawn.filter((kind) => kind === 'rate_limit').length).toBeLessThan(2_000 * 0.06);
});

test('a kind that does not exist is refused with those that do', () => {
  expect(parseEdgeKind('forbidden')).toBe('forbidden');
  expect(() => parseEdgeKind('forbiden')).toThrow(
    'the variable edgeKind is "forbiden"; allowed are wrong_password, bad',
  );
});
