import { expect, test } from 'vitest';
import { NONE } from './sample-buffer.ts';
import { summariseRequests } from './summarise-requests.ts';
import { makeBatch, type SampleFields } from './testing/make-batch.ts';

const DURATIONS = { run: 10, phases: new Map([['Burst', 4]]) };

function summaries(samples: readonly SampleFields[]): ReturnType<typeof summariseRequests> {
  return summariseRequests(makeBatch(samples), DURATIONS);
}

test('sums up all, then each phase, each endpoint, and each endpoint in each phase', () => {
  const all = summaries([
    { endpoint: 'Search', phase: 'Quiet' },
    { endpoint: 'Search', phase: 'Burst' },
    { endpoint: 'Sign in', phase: 'Burst' },
    { endpoint: 'Sign in' },
  ]);
  expect(all.map(({ endpoint, phase, count }) => [endpoint, phase, count])).toEqual([
    [undefined, undefined, 4],
    [undefined, 'Quiet', 1],
    [undefined, 'Burst', 2],
    ['Search', undefined, 2],
    ['Sign in', undefined, 2],
    ['Search', 'Quiet', 1],
    ['Search', 'Burst', 1],
    ['Sign in', 'Burst', 1],
  ]);
});

test('counts answers, errors, codes and bytes, and answers per second of the phase', () => {
  const [all, burst] = summaries([
    { phase: 'Burst', status: 200, bytesUp: 1, bytesDown: 10 },
    { phase: 'Burst', status: 404, bytesUp: 2, bytesDown: 20 },
    { phase: 'Burst', status: 503, bytesUp: 3, bytesDown: 30 },
    { phase: 'Burst', status: 0, error: 'ECONNREFUSED', bytesUp: 4, bytesDown: 40 },
  ]);
  expect(burst).toMatchObject({
    answers: 3,
    errors: 2,
    codes: { 200: 1, 404: 1, 503: 1 },
    bytesUp: 10,
    bytesDown: 100,
    rate: 0.75,
  });
  expect(all?.rate).toBe(0.3);
});

test('measures response time from due, service time from when work began, and the first byte from due', () => {
  const [all] = summaries([{ queued: 400, firstByte: 900, lastByte: 1_000 }]);
  expect([all?.responseTime?.p50, all?.serviceTime?.p50, all?.firstByte?.p50]).toEqual([1, 0.6, 0.9]);
});

test('has requests that timed out in the times, and other failures not', () => {
  const [all] = summaries([
    { lastByte: 1_000 },
    { status: 0, error: 'ETIMEDOUT', queued: NONE, firstByte: NONE, lastByte: 9_000 },
    { status: 0, error: 'ECONNREFUSED', queued: NONE, firstByte: NONE, lastByte: 10 },
  ]);
  expect(all?.responseTime).toMatchObject({ count: 2, min: 1, max: 9, mean: 5 });
  expect(all?.firstByte?.count).toBe(1);
  expect(summaries([{ status: 0, error: 'ECONNREFUSED' }])[0]).not.toHaveProperty('responseTime');
});
