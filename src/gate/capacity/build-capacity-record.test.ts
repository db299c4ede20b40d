import { expect, test } from 'vitest';
import { EXIT_CODES } from '../../exit-codes.ts';
import type { CapacityEnd } from './build-capacity-record.ts';
import { parseCapacityRecord } from './capacity-record.ts';
import { exampleCapacity, exampleTrial } from './testing/example-capacity.ts';

const ESTIMATE = { perSec: 99.6, lowPerSec: 97.1, highPerSec: 102.3 };

test('a confirmed answer passes and is what a reader of capacity.json gets', () => {
  const record = exampleCapacity();
  expect(record).toMatchObject({ answer: 'found', exitCode: EXIT_CODES.passed });
  expect(record.reason).toBe('it sustains 99.6 new users per second');
  expect(parseCapacityRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
});

test('names the clause that gave way just above the answer, and its endpoint', () => {
  expect(exampleCapacity().broke).toEqual({
    ...{ what: 'p95 of "Search" < 300 ms does not hold', endpoint: 'Search', times: 4, trials: 4 },
  });
});

test('where only requests pile up, the endpoint is the one that slowed down most', () => {
  const trials = [
    exampleTrial(1, 90),
    exampleTrial(2, 101, {
      reasons: ['requests in flight pile up'],
      endpoints: [
        { name: 'Search', requests: 700, errors: 0, p95Ms: 20, totalMs: 700 * 20 },
        { name: 'Sign in', requests: 300, errors: 0, p95Ms: 900, totalMs: 300 * 900 },
      ],
    }),
  ];
  expect(exampleCapacity(undefined, { trials }).broke).toMatchObject({
    ...{ what: 'requests in flight pile up', endpoint: 'Sign in' },
  });
});

test.each<[string, CapacityEnd, Parameters<typeof exampleCapacity>[1], string, number]>([
  [
    'not confirmed',
    { kind: 'found', estimate: ESTIMATE },
    { confirmation: { belowPerSec: 95, abovePerSec: 105, isConfirmed: false } },
    'inconclusive',
    EXIT_CODES.inconclusive,
  ],
  ['too wide', { kind: 'inconclusive', why: 'too wide', estimate: ESTIMATE }, {}, 'inconclusive', 5],
  ['above', { kind: 'inconclusive', why: 'above the range', estimate: ESTIMATE }, {}, 'inconclusive', 5],
  ['not valid', { kind: 'not valid', why: 'late', estimate: undefined }, {}, 'not valid', EXIT_CODES.notValid],
  ['Ctrl-C', { kind: 'interrupted', by: 'SIGINT', estimate: ESTIMATE }, {}, 'inconclusive', EXIT_CODES.interrupted],
  ['SIGTERM', { kind: 'interrupted', by: 'SIGTERM', estimate: undefined }, {}, 'inconclusive', EXIT_CODES.terminated],
])('ends with its own answer and exit code: %s', (_, end, changes, answer, exitCode) => {
  expect(exampleCapacity(end, changes)).toMatchObject({ answer, exitCode });
});

test('an answer that was not confirmed says which hold contradicts', () => {
  const confirmation = { belowPerSec: 95, abovePerSec: 105, isConfirmed: false };
  expect(exampleCapacity(undefined, { confirmation }).reason).toBe(
    '99.6 new users per second, but longer holds did not confirm it: 95 has to be sustained and 105 must not',
  );
});
