import { describe, expect, test } from 'vitest';
import { type Cause, type Finding, isVague } from './answer.ts';
import { diagnose } from './diagnose.ts';
import type { Evidence } from './evidence.ts';
import { SITUATIONS } from './testing/situations.ts';
import {
  gauge,
  rate,
  type Situation,
  type SyntheticSeries,
  span,
  statement,
  syntheticEvidence,
  table,
} from './testing/synthetic-evidence.ts';
import { causesOf, firstOf } from './testing/told.ts';

const causes = Object.keys(SITUATIONS) as (keyof typeof SITUATIONS)[];

test.each(causes.flatMap((cause) => ['one', 'two', 'three'].map((seed) => ({ cause, seed }))))(
  'names $cause and nothing else (seed $seed)',
  ({ cause, seed }) => {
    expect(causesOf(diagnose(syntheticEvidence({ ...SITUATIONS[cause], seed })))).toEqual([cause]);
  },
);

test.each(Array.from({ length: 40 }, (_, seed) => `healthy ${seed}`))('names nothing in a healthy run (%s)', (seed) => {
  expect(diagnose(syntheticEvidence({ seed })).answer).toBe('no bottleneck');
});

test('names nothing where only healthy requests are known', () => {
  expect(diagnose(syntheticEvidence({ isWatched: false })).answer).toBe('no bottleneck');
});

test('does not name what it cannot see: a slow run with nothing but samples', () => {
  const diagnosis = diagnose(syntheticEvidence({ ...SITUATIONS['at capacity'], isWatched: false }));
  expect(diagnosis.answer).toBe('not determined');
  expect(JSON.stringify(diagnosis)).toContain('only the requests themselves were measured');
});

test('names a rate limit from samples alone, since refusals are in them', () => {
  expect(causesOf(diagnose(syntheticEvidence({ ...SITUATIONS['rate limit'], isWatched: false })))).toEqual([
    'rate limit',
  ]);
});

test('does not name what it watched and found idle', () => {
  const diagnosis = diagnose(syntheticEvidence({ slowdown: (at) => 1 + at / 6 }));
  expect(diagnosis.answer).toBe('not determined');
  expect(JSON.stringify(diagnosis)).toContain('nothing that was watched accounts for it');
});

test('calls a run slow whose owner does', () => {
  const diagnosis = diagnose({ ...syntheticEvidence(), brokenRules: ['p95 of "Search" < 10 ms'] });
  expect(diagnosis).toMatchObject({ answer: 'not determined' });
});

test('blames the generator before anything else', () => {
  const evidence = syntheticEvidence(SITUATIONS['lock contention']);
  const generator = {
    isValid: false,
    text: 'sent 40 % of the requests too late',
    advice: 'use a larger machine',
    share: 0.16,
  };
  expect(diagnose({ ...evidence, generator })).toEqual({
    answer: 'generator',
    reason: 'sent 40 % of the requests too late',
    todo: 'use a larger machine',
  });
});

test('does not blame a generator that was late for a moment, and says so', () => {
  const evidence = syntheticEvidence(SITUATIONS['lock contention']);
  const generator = { isValid: false, text: 'late for 2 % of the run', advice: '', share: 0.14 };
  const diagnosis = diagnose({ ...evidence, generator });
  expect(causesOf(diagnosis)).toEqual(['lock contention']);
  expect(diagnosis.caution).toBe('late for 2 % of the run');
});

test('says nothing about a handful of requests', () => {
  const endpoints = [{ name: 'Search', perSec: 0.1, ms: 10, bytes: 10 }];
  expect(diagnose(syntheticEvidence({ endpoints })).answer).toBe('no data');
});

test('tells the culprit from those it delays', () => {
  const { culprit, delayed } = firstOf({
    ...SITUATIONS['event loop blocked'],
    slowdown: (at, endpoint) => (endpoint === 'Heat map' ? 8 : 1 + at / 10),
  });
  expect(culprit).toBe('Heat map');
  expect(delayed).toEqual(expect.arrayContaining(['Search', 'Alerts', 'Sign in']));
  expect(delayed).not.toContain('Heat map');
});

test('names the endpoint that repeats a statement', () => {
  const finding = firstOf(SITUATIONS['n+1 queries']);
  expect(finding.culprit).toBe('Search');
  expect(finding.seen[0]?.text).toMatch(/^(?:19\.|20)\S* calls for each request of "Search"/);
});

test('gives every finding numbers with an interval, two sentences, something to do and a way to verify it', () => {
  for (const cause of causes) {
    const { share, seen, why, todo, verify, title } = firstOf(SITUATIONS[cause]);
    expect(share.low).toBeLessThanOrEqual(share.value);
    expect(share.high).toBeGreaterThanOrEqual(share.value);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.some(({ text }) => /\d/.test(text))).toBe(true);
    expect(why.match(/\.(?: |$)/g)?.length).toBe(2);
    for (const text of [title, todo, verify]) expect(text.length).toBeGreaterThan(20);
  }
});

describe('a loop that is told to be busy', () => {
  const told = (process: number): Situation => ({
    ...SITUATIONS['slow downstream'],
    series: [
      ...(SITUATIONS['slow downstream'].series ?? []),
      gauge('nodejs_eventloop_utilization_ratio', ({ count }) => Math.min(1, 0.2 + 0.4 * count('Heat map'))),
      rate('process.cpu', ({ count }) => process * Math.min(1, 0.2 + 0.4 * count('Heat map')), {}, 'cores'),
    ],
  });

  test('is not blocked where its process hardly had a processor, and the slow call is named', () => {
    expect(causesOf(diagnose(syntheticEvidence(told(0.25))))).toEqual(['slow downstream']);
  });

  test('is blocked where its process worked as much', () => {
    expect(causesOf(diagnose(syntheticEvidence(told(1))))).toContain('event loop blocked');
  });
});

describe('a slow call that few requests make', () => {
  const share = (ms: number, alertMs: number): Cause[] =>
    causesOf(
      diagnose(
        syntheticEvidence({
          slowdown: (_, endpoint) => (endpoint === 'Alerts' ? alertMs / 5 : endpoint === 'Search' ? 8 : 1),
          series: span('Alerts', 'enrichment', () => ms),
        }),
      ),
    );

  test('is named where it is most of the time of its endpoint, and not much of all', () => {
    expect(share(20, 30)).toEqual(['slow downstream']);
  });

  test('is not where its endpoint takes the time otherwise', () => {
    expect(share(20, 90)).toEqual([]);
  });
});

describe('a cost that came in one moment of the run', () => {
  const isThen = (at: number): boolean => at >= 30 && at < 35;
  const finding = (certain: 'sure' | 'likely'): Finding =>
    firstOf({
      slowdown: (at, endpoint) => (isThen(at) && endpoint === 'Alerts' ? 300 : 1),
      series: [gauge('postgres.waits', ({ at }) => (isThen(at) ? 6 : 0), { type: certain === 'sure' ? 'Lock' : 'IO' })],
    });

  test('has an interval that says nothing, and is less certain than what was seen', () => {
    const { cause, share, certainty } = finding('sure');
    expect({ cause, certainty, isVague: isVague(share) }).toEqual({
      cause: 'lock contention',
      certainty: 'likely',
      isVague: true,
    });
  });

  test('is no more than possible where it only fits', () => {
    expect(finding('likely')).toMatchObject({ cause: 'storage', certainty: 'possible' });
  });
});

test.each([
  ['0.6 wide', 0.75, false],
  ['a little wider', 0.76, true],
])('takes an interval that is %s for what it is', (_, high, expected) => {
  expect(isVague({ value: 0.4, low: 0.15, high })).toBe(expected);
});

describe('a loop of queries in a service without Server-Timing', () => {
  const silent: Situation = {
    ...SITUATIONS['n+1 queries'],
    series: SITUATIONS['n+1 queries'].series?.filter(({ metric }) => metric.startsWith('postgres')) ?? [],
  };
  const unheard = (situation: Situation): Evidence => {
    const evidence = syntheticEvidence(situation);
    return { ...evidence, series: evidence.series.filter(({ metric }) => metric.startsWith('postgres')) };
  };

  test('costs the way to the database and back, and not only what the database did', () => {
    const diagnosis = diagnose(unheard(silent));
    expect(diagnosis).toMatchObject({ findings: [{ cause: 'n+1 queries', culprit: 'Search', certainty: 'likely' }] });
  });

  test('costs no more than the fastest requests would', () => {
    // Each of 20 calls takes at most as long as an alert, 4 ms: 80 ms of an answer that takes seconds for another reason.
    const diagnosis = diagnose(unheard({ ...silent, slowdown: (_, endpoint) => (endpoint === 'Search' ? 100 : 1) }));
    expect(causesOf(diagnosis)).toEqual([]);
  });
});

test('puts waiting for connections down to what holds them', () => {
  const { cause, consequences, share } = firstOf({
    ...SITUATIONS['lock contention'],
    slowdown: () => 60,
    series: [
      ...(SITUATIONS['lock contention'].series ?? []),
      gauge('pg_pool_connections', () => 0, { pool: 'main', state: 'idle' }),
      gauge('postgres.waits', () => 9, { type: 'Lock' }),
      gauge('pg_pool_waiting', () => 12, { pool: 'main' }),
    ],
  });
  expect(cause).toBe('lock contention');
  expect(consequences).not.toContain('lock contention');
  expect(share.value).toBeGreaterThan(0.5);
});

test.each([
  ['a sixteenth of the time is not named', 0.02, []],
  ['an eighth of it is', 0.04, ['pool too small']],
] as [string, number, Cause[]][])('waiting for a connection: %s', (_, waiting, expected) => {
  const series = [gauge('pg_pool_waiting', () => waiting, { pool: 'main' })];
  expect(causesOf(diagnose(syntheticEvidence({ series })))).toEqual(expected);
});

test('ranks two causes by what each costs', () => {
  const both = (lockMs: number, scanMs: number): Situation => ({
    slowdown: (_, endpoint) => (endpoint === 'Alerts' ? lockMs / 4 : endpoint === 'Search' ? scanMs / 12 : 1),
    series: [
      gauge('postgres.waits', () => (6 * lockMs) / 1000, { type: 'Lock' }),
      ...statement('page', ({ count }) => count('Search'), scanMs, 20),
      ...table('documents', 100_000, ({ count }) => count('Heat map') + count('Search')),
    ],
  });
  expect(causesOf(diagnose(syntheticEvidence(both(400, 100))))).toEqual(['lock contention', 'missing index']);
  expect(causesOf(diagnose(syntheticEvidence(both(250, 250))))).toEqual(['missing index', 'lock contention']);
});

test.each([
  [4, []],
  [6, ['n+1 queries']],
] as [number, Cause[]][])('takes %i calls of a statement by a request for what they are', (calls, expected) => {
  const own = SITUATIONS['n+1 queries'].series?.filter(({ metric }) => metric.startsWith('server_timing')) ?? [];
  const series = [...statement('one', ({ count }) => count('Alerts') + calls * count('Search'), 0.2, 1), ...own];
  expect(causesOf(diagnose(syntheticEvidence({ ...SITUATIONS['n+1 queries'], series })))).toEqual(expected);
});

test.each([
  ['6 % hits: a cache that is of little use', 0.06, []],
  ['2 % hits: a cache that is none', 0.02, ['cache disabled']],
] as [string, number, Cause[]][])('%s', (_, hits, expected) => {
  const series = [
    rate('cache_requests_total', ({ count }) => hits * count('Search'), { result: 'hit' }),
    rate('cache_requests_total', ({ count }) => (1 - hits) * count('Search'), { result: 'miss' }),
  ];
  expect(causesOf(diagnose(syntheticEvidence({ ...SITUATIONS['cache disabled'], series })))).toEqual(expected);
});

test.each([
  ['one request in a hundred', 0.01, []],
  ['one in twenty', 0.05, ['rate limit']],
] as [string, number, Cause[]][])('takes refusals of %s for what they are', (_, chance, expected) => {
  const status: Situation['status'] = (_at, _endpoint, random) => (random.chance(chance) ? 429 : 200);
  expect(causesOf(diagnose(syntheticEvidence({ status })))).toEqual(expected);
});

test('does not take it for a leak that a pool is empty, as long as its connections come back', () => {
  const leak = SITUATIONS['connection leak'];
  const idle = (level: (at: number) => number): SyntheticSeries =>
    gauge('pg_pool_connections', ({ at }) => level(at), { pool: 'main', state: 'idle' });
  const rest = leak.series?.filter(({ labels }) => labels.state !== 'idle') ?? [];
  const series = [...rest, idle((at) => Math.max(0, 9 - Math.floor(at / 4)))];
  expect(firstOf({ ...leak, series }).cause).toBe('pool too small');
  const failing: Situation = { ...leak, series, status: (at) => (at > 35 ? 503 : 200) };
  expect(firstOf(failing).cause).toBe('connection leak');
});

test('sees a leak that was over before it could be seen to grow, by transactions that nobody ends', () => {
  const leak = SITUATIONS['connection leak'];
  const inUse = (at: number): number => Math.min(9, 2 * at);
  const rest = leak.series?.filter(({ labels }) => labels.state !== 'idle') ?? [];
  const pool = gauge('pg_pool_connections', ({ at }) => 9 - inUse(at), { pool: 'main', state: 'idle' });
  const sessions = (held: number): SyntheticSeries =>
    gauge('postgres.sessions', ({ at }) => held * inUse(at), { state: 'idle in transaction' });
  expect(firstOf({ ...leak, series: [...rest, pool, sessions(1)] }).cause).toBe('connection leak');
  expect(firstOf({ ...leak, series: [...rest, pool, sessions(0.7)] }).cause).toBe('pool too small');
});

test('takes it as meant that an endpoint is always refused', () => {
  const status: Situation['status'] = (_at, endpoint) => (endpoint === 'Sign in' ? 429 : 200);
  expect(diagnose(syntheticEvidence({ status })).answer).toBe('no bottleneck');
});

test('does not call a system full on a machine that something else fills', () => {
  const { series = [], ...rest } = SITUATIONS['at capacity'];
  const using = (cores: number): Situation => ({
    ...rest,
    series: [...series.filter(({ metric }) => metric !== 'process.cpu'), rate('process.cpu', () => cores, {}, 'cores')],
  });
  expect(diagnose({ ...syntheticEvidence(using(0.9)), processors: 2 }).answer).toBe('not determined');
  expect(causesOf(diagnose({ ...syntheticEvidence(using(1.1)), processors: 2 }))).toEqual(['at capacity']);
});

test.each([
  ['a backlog of which a twentieth stays', 0.05, []],
  ['one of which a fifth stays', 0.2, ['slow consumer']],
] as [string, number, Cause[]][])('%s', (_, slope, expected) => {
  const series = [
    gauge('queue_depth', ({ at, random }) => at + random.integer(0, 2), { queue: 'events' }),
    gauge('queue_lag_seconds', ({ at }) => slope * at, { queue: 'events' }, 's'),
  ];
  expect(causesOf(diagnose(syntheticEvidence({ series })))).toEqual(expected);
});
