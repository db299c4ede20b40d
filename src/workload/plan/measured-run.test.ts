import { describe, expect, test } from 'vitest';
import { calibrate } from './calibrate.ts';
import type { Journey } from './journeys.ts';
import { measuredRun, type RunToLearnFrom } from './measured-run.ts';
import { sessionLength } from './session-length.ts';
import { inSequence, repeated, request, type Tally, wait, withChance } from './tally.ts';

const PREFIX = 'plugins.metrics-by-endpoint.';

function runWith(counters: Readonly<Record<string, number>>, changes: Partial<RunToLearnFrom> = {}): RunToLearnFrom {
  return {
    test: { file: 't.yml' },
    startedAt: '2026-11-21T01:00:00.000Z',
    ending: { how: 'completed' },
    configuration: { variables: { pause: 2, password: '[redacted]' } },
    metrics: { counters, summaries: { 'vusers.session_length': { mean: 25_000 } } },
    ...changes,
  };
}

function measured(
  counters: Readonly<Record<string, number>>,
  changes?: Partial<RunToLearnFrom>,
): ReturnType<typeof measuredRun> {
  return measuredRun(runWith(counters, changes), 'reports/r', { config: { variables: { pause: 2, password: 'x' } } });
}

function journey(name: string, tally: Tally, changes: Partial<Journey> = {}): Journey {
  return { name, metricName: name, weight: 1, tally, remarks: [], isHttp: true, ...changes };
}

const UNKNOWN = { mean: 0.5, low: 0, high: 1, variance: 0.25 };

describe('measuredRun', () => {
  const run = measured({
    'vusers.created_by_name.A': 30,
    [`${PREFIX}Search.codes.200`]: 90,
    [`${PREFIX}Search.codes.503`]: 4,
    [`${PREFIX}Search.errors.ETIMEDOUT`]: 6,
    [`${PREFIX}/alerts/{{ id }} (Open alert).codes.200`]: 20,
    [`${PREFIX}/users?page={{ n }}.codes.200`]: 7,
  });

  test.each([
    ['Search', 100],
    ['Open alert', 20],
    ['GET /users', 7],
    ['GET /users?page={{ n }}', 7],
    ['Never sent', 0],
  ])('finds the requests of %s, answered or not', (label, requests) => {
    expect(run.requestsOf(label)).toBe(requests);
  });

  test('knows users by journey and the length of a session', () => {
    expect([run.usersOf('A'), run.usersOf('B'), run.sessionMs]).toEqual([30, 0, 25_000]);
  });

  test('says nothing about requests that were not counted by endpoint', () => {
    expect(measured({ 'http.requests': 90 }).requestsOf('Search')).toBeUndefined();
  });

  test('has doubts about a run that differs, but not for a secret that it does not show', () => {
    expect(run.doubts).toEqual([]);
    const other = { ending: { how: 'interrupted' }, test: { file: 't.yml', environment: 'smoke' }, configuration: {} };
    expect(measured({}, other).doubts).toEqual([
      'it was cut short, so that long sessions are missing in it',
      'it ran with -e smoke',
      'the variables of the test have changed since',
    ]);
  });
});

describe('calibrate', () => {
  const certainly = request('Search', 10);
  const perhaps = repeated(request('Search', 10), UNKNOWN);

  test('keeps what the YAML says, whatever a run showed', () => {
    const [demand] = calibrate([journey('A', certainly)], measured({ [`${PREFIX}Search.codes.200`]: 1 }));
    expect(demand?.endpoints.get('Search')).toMatchObject({ mean: 1, source: 'yaml' });
  });

  test('replaces the uncertain part so that the run would have been foretold', () => {
    const journeys = [journey('A', certainly), journey('B', inSequence([certainly, perhaps, perhaps]))];
    const counters = {
      'vusers.created_by_name.A': 10,
      'vusers.created_by_name.B': 20,
      [`${PREFIX}Search.codes.200`]: 60,
    };
    const [a, b] = calibrate(journeys, measured(counters));
    expect(a?.endpoints.get('Search')).toMatchObject({ mean: 1, source: 'yaml' });
    expect(b?.endpoints.get('Search')).toMatchObject({ mean: 2.5, low: 2.5, high: 2.5, source: 'measured' });
    expect(10 * (a?.total.mean ?? 0) + 20 * (b?.total.mean ?? 0)).toBe(60);
  });

  test('never foretells less than what is certain', () => {
    const counters = { 'vusers.created_by_name.A': 10, [`${PREFIX}Search.codes.200`]: 3 };
    const [demand] = calibrate([journey('A', inSequence([certainly, perhaps]))], measured(counters));
    expect(demand?.endpoints.get('Search')?.mean).toBe(1);
  });

  test.each([
    [19, 'assumed', 0.5],
    [20, 'measured', 0],
  ])('an endpoint that none of %i users called is %s', (users, source, mean) => {
    const counters = { 'vusers.created_by_name.A': users, [`${PREFIX}Other.codes.200`]: 3 };
    const [demand] = calibrate([journey('A', perhaps)], measured(counters));
    expect(demand?.endpoints.get('Search')).toMatchObject({ mean, source });
  });

  test('assumes where there is no run, or none with users of that journey', () => {
    for (const run of [undefined, measured({ [`${PREFIX}Search.codes.200`]: 3 })]) {
      expect(calibrate([journey('A', perhaps)], run)[0]?.endpoints.get('Search')).toMatchObject({
        source: 'assumed',
        low: 0,
      });
    }
  });

  test('keeps that endpoints of one user go up and down together', () => {
    const both = repeated(inSequence([request('A', 1), request('B', 1)]), withChance(0.5));
    expect(calibrate([journey('A', both)], undefined)[0]?.total).toMatchObject({ mean: 1, variance: 1 });
  });
});

describe('sessionLength', () => {
  const known = journey('A', wait(4000));
  const open = journey('B', wait(1000), { remarks: [{ kind: 'function', what: 'think', endpoints: [] }] });
  const run = measured({});

  test.each<[string, readonly Journey[], Parameters<typeof sessionLength>[1], string, number[]]>([
    ['what the caller says wins', [known], { givenMs: 7, measured: run, measuredIsWanted: true }, 'given', [7]],
    ['the YAML where it says everything', [known], { measured: run, measuredIsWanted: false }, 'yaml', [4000]],
    ['a run that was asked for', [known], { measured: run, measuredIsWanted: true }, 'measured', [25_000]],
    [
      'a run for all, where one is open',
      [known, open],
      { measured: run, measuredIsWanted: false },
      'measured',
      [25_000, 25_000],
    ],
    ['assumptions at last', [known, open], { measuredIsWanted: false }, 'assumed', [4000, 1000]],
    [
      'a run in which nobody finished',
      [open],
      { measured: { ...run, sessionMs: undefined }, measuredIsWanted: true },
      'assumed',
      [1000],
    ],
    [
      'the YAML, if what is open is never chosen',
      [known, { ...open, weight: 0 }],
      { measuredIsWanted: false },
      'yaml',
      [4000, 1000],
    ],
    ['assumptions for another engine', [{ ...known, isHttp: false }], { measuredIsWanted: false }, 'assumed', [4000]],
  ])('%s', (_, journeys, clues, source, byJourneyMs) => {
    expect(sessionLength(journeys, clues)).toEqual({ source, byJourneyMs });
  });

  test('is known in spite of conditions, which only leave requests out', () => {
    const conditional = journey('A', wait(5), {
      remarks: [{ kind: 'condition', what: 'x', endpoints: [] }],
      tally: wait(5),
    });
    expect(sessionLength([conditional], { measuredIsWanted: false }).source).toBe('yaml');
  });
});
