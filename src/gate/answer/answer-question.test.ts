import { expect, test } from 'vitest';
import { makeBatch } from '../../record/samples/testing/make-batch.ts';
import { answerQuestion } from './answer-question.ts';
import { runOf, START, summaryOf, systemOf } from './testing/run-of.ts';

/** Ten searches in each second, so long each. */
function searches(msOfSeconds: readonly number[]): ReturnType<typeof makeBatch> {
  return makeBatch(
    msOfSeconds.flatMap((ms, second) =>
      Array.from({ length: 10 }, (_, index) => ({ due: START + second * 1_000 + index * 100, lastByte: ms * 1_000 })),
    ),
  );
}

const HOLDS = 'p95 of "Search" < 300 ms and error rate < 1 %';

test('names the step that breaks, the clause that breaks first, and the last rate that holds', () => {
  const record = runOf([
    { name: 'Step 1', seconds: 3, rate: 4 },
    { name: 'Step 2', seconds: 3, rate: 8 },
    { name: 'Step 3', seconds: 3, rate: 12 },
  ]);
  const samples = searches([20, 20, 20, 30, 30, 30, 900, 900, 900]);
  const answer = answerQuestion(
    { ask: 'Where does it break?', answer: 'breaking point', holds: HOLDS },
    { record, samples, system: undefined },
  );
  expect(answer).toMatchObject({ question: 'Where does it break?', kind: 'breaking point', isAnswered: true });
  expect(answer.text).toBe(
    'It holds at 8 new users per second and breaks at 12 ("Step 3"): p95 of "Search" < 300 ms breaks first, with 900 ms.',
  );
  expect(answer.figures).toContainEqual({ name: 'breaks at', value: 12, unit: 'new users/s' });
});

test('says that nothing broke', () => {
  const record = runOf([{ name: 'Step 1', seconds: 3, rate: 4 }]);
  const evidence = { record, samples: searches([20, 20, 20]), system: undefined };
  expect(answerQuestion({ ask: '?', answer: 'breaking point', holds: HOLDS }, evidence).text).toBe(
    'It did not break: at 4 new users per second, the most that the test offers, everything still holds.',
  );
});

test('counts the seconds after a spike until everything holds, and goes on to', () => {
  const record = runOf([
    { name: 'Before', seconds: 2, rate: 2 },
    { name: 'Rush', seconds: 2, rate: 20 },
    { name: 'After', seconds: 6, rate: 2 },
  ]);
  // Well for a second, and ill again: that is not recovered yet.
  const samples = searches([20, 20, 700, 900, 800, 20, 600, 20, 20, 20]);
  const { text, figures } = answerQuestion(
    { ask: '?', answer: 'recovery', holds: HOLDS },
    { record, samples, system: undefined },
  );
  expect(text).toContain('the spike of 20 new users per second this does not hold: p95 of "Search" < 300 ms (900 ms)');
  expect(text).toContain('3 s after its end everything holds again');
  expect(figures).toContainEqual({ name: 'recovered after', value: 3, unit: 's' });
});

/** A system of two processes that was watched for so long: one leaks 100 MB an hour after it has filled up, the other one is noisy. */
function leakOf(lengthSec: number): ReturnType<typeof answerQuestion> {
  const noise = (index: number): number => ((index * 7919) % 13) - 6;
  const seconds = Array.from({ length: lengthSec }, (_, index) => index);
  const system = systemOf([
    {
      metric: 'process.memory',
      system: 'Leaking',
      values: seconds.map((at) => (200 + at / 36 + noise(at) / 10 - (at < lengthSec / 20 ? 150 : 0)) * 1e6),
    },
    { metric: 'process.memory', system: 'Steady', values: seconds.map((at) => (300 + noise(at)) * 1e6) },
  ]);
  const record = runOf([{ name: 'Day', seconds: lengthSec, rate: 2 }]);
  return answerQuestion({ ask: '?', answer: 'leak' }, { record, samples: undefined, system });
}

test('finds what grows in an hour, with an interval, and leaves the warm-up out', () => {
  const { text, figures } = leakOf(2_400);
  expect(text).toMatch(
    /^Memory of Leaking grows\. Change per hour, with its interval of 95 %: memory of Leaking \+\S+ MB \(\+\S+ to \+\S+\)\.$/,
  );
  const leaking = figures.find(({ name }) => name === 'memory of Leaking per hour');
  expect(leaking?.unit).toBe('MB/h');
  expect(leaking?.value).toBeGreaterThan(95);
  expect(leaking?.value).toBeLessThan(105);
  const steady = figures.find(({ name }) => name === 'memory of Steady per hour');
  expect(steady?.low).toBeLessThanOrEqual(0);
  expect(steady?.high).toBeGreaterThanOrEqual(0);
});

test('says nothing of an hour after minutes, in which a heap that fills up looks like a leak', () => {
  const { text, figures } = leakOf(600);
  expect(text).toMatch(
    /^Memory of Leaking grows\. Change in 9 min, with its interval of 95 %: memory of Leaking \+1[45]\S* MB \(.*\)\. What fills up once looks like a leak for so long; 30 minutes at least would tell\.$/,
  );
  expect(figures.map(({ name, unit }) => [name, unit])).toEqual([
    ['memory of Leaking in 9 min', 'MB'],
    ['memory of Steady in 9 min', 'MB'],
  ]);
});

test('tells the hit ratio of each phase, and who waited in a stampede', () => {
  const counters = (hits: number, misses: number) => ({ 'cache.hit': hits, 'cache.miss': misses });
  const record = runOf(
    [
      { name: 'Warm', seconds: 2, rate: 2, counters: counters(90, 10) },
      { name: 'Stampede', seconds: 2, rate: 9, counters: counters(10, 90) },
    ],
    { metrics: { counters: counters(100, 100), rates: {}, summaries: {}, histograms: {}, extra: {} } },
  );
  const system = systemOf([
    { metric: 'cache_requests_total', labels: { result: 'miss' }, values: [5, 5, 0, 10] },
    { metric: 'cache_requests_total', labels: { result: 'shared' }, values: [0, 0, 0, 80] },
  ]);
  expect(answerQuestion({ ask: '?', answer: 'hit ratio' }, { record, samples: undefined, system }).text).toBe(
    '50 % of the answers came from the cache ("Warm" 90 %, "Stampede" 10 %). 20 answers were computed, and 80 requests waited for one of them instead of computing it again.',
  );
});

test('tells how long events take, how many waited, and when that was worked off', () => {
  const record = runOf(
    [
      { name: 'Flow', seconds: 2, rate: 1 },
      { name: 'Flood', seconds: 3, rate: 9 },
      { name: 'After', seconds: 5, rate: 1 },
    ],
    {
      metrics: {
        ...{ counters: { 'events.accepted': 5_000 }, rates: {}, histograms: {}, extra: {} },
        summaries: { 'threats.detection_time': summaryOf(40, 900) },
      },
    },
  );
  const depth = (values: number[]) => systemOf([{ metric: 'queue_depth', labels: { queue: 'correlate' }, values }]);
  const textOf = (values: number[]): string =>
    answerQuestion({ ask: '?', answer: 'lag' }, { record, samples: undefined, system: depth(values) }).text;
  expect(textOf([0, 0, 20, 40, 60, 30, 9, 0, 1, 0])).toBe(
    'An attack is visible after 40 ms, and 95 of 100 within 900 ms. At most 60 batches waited, worked off 2 s after the rush ended.',
  );
  expect(textOf([0, 0, 20, 40, 60, 50, 40, 30, 20, 10])).toContain('were not worked off by the end of the test');
  expect(textOf([0, 0, 1, 2, 1, 0, 0, 0, 0, 0])).toContain('Nothing piled up.');
});

test('tells how many were signed in at the same time, and how their tokens were renewed', () => {
  const window = (counters: Record<string, number>, index: number) => ({
    ...{ startedAt: new Date(START + index * 10_000).toISOString(), durationMs: 10_000, counters },
    ...{ rates: {}, histograms: {} },
  });
  const record = runOf([{ name: 'Shift', seconds: 30, rate: 5 }], {
    windows: [
      window({ 'vusers.created': 100 }, 0),
      window({ 'vusers.created': 20, 'vusers.completed': 15, 'auth.refresh_success': 90 }, 1),
      window({ 'vusers.completed': 100, 'vusers.failed': 5, 'auth.refresh_success': 10 }, 2),
    ],
    metrics: {
      ...{ counters: { 'auth.refresh_success': 100, 'auth.refresh_failure': 2 }, rates: {}, histograms: {}, extra: {} },
      summaries: { 'auth.sign_in_time': summaryOf(50, 80), 'auth.refresh_time': summaryOf(5, 30) },
    },
  });
  expect(answerQuestion({ ask: '?', answer: 'sessions' }, { record, samples: undefined, system: undefined }).text).toBe(
    'Up to 105 people were signed in at the same time; 95 of 100 sign-ins took less than 80 ms. 100 tokens were renewed, 95 of 100 within 30 ms, up to 90 in ten seconds; 2 failed.',
  );
});

test('names the statement that takes most of the time of the database', () => {
  const system = systemOf(
    [
      { metric: 'postgres.statement_time', labels: { statement: '1' }, values: [0.3, 0.5] },
      { metric: 'postgres.statement_time', labels: { statement: '2' }, values: [0.1, 0.1] },
      { metric: 'postgres.connections_used', values: [10, 14] },
      { metric: 'postgres.cache_hit_ratio', values: [99, 99.8] },
      { metric: 'pg_pool_waiting', labels: { pool: 'http' }, values: [0, 3] },
    ],
    { 1: 'SELECT  *\nFROM documents' },
  );
  const record = runOf([{ name: 'Day', seconds: 2, rate: 2 }]);
  expect(answerQuestion({ ask: '?', answer: 'database' }, { record, samples: undefined, system }).text).toBe(
    'It worked on 0.5 statements at a time on average, 80 % of that on: SELECT * FROM documents. At most 14 % of its connections were in use, and up to 3 requests waited for one of the pool; 99.4 % of the blocks were in its memory.',
  );
});

test.each([
  'response times',
  'breaking point',
  'recovery',
  'leak',
  'sessions',
  'database',
  'hit ratio',
  'lag',
] as const)('a run in which nothing was measured does not answer: %s', (answer) => {
  const record = runOf([{ name: 'Day', seconds: 2, rate: 2 }]);
  expect(answerQuestion({ ask: '?', answer }, { record, samples: undefined, system: undefined })).toMatchObject({
    isAnswered: false,
    text: expect.stringMatching(/^It cannot be told: /),
  });
});
