import { describe, expect, test } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import type { Cause, Finding } from '../answer.ts';
import { diagnose } from '../diagnose.ts';
import type { Evidence, EvidenceSeries } from '../evidence.ts';
import {
  type Situation,
  type SyntheticSeries,
  span,
  statement,
  syntheticEvidence,
} from '../testing/synthetic-evidence.ts';

function findingsOf(evidence: Evidence): readonly Finding[] {
  const diagnosis = diagnose(evidence);
  return diagnosis.answer === 'bottleneck' ? diagnosis.findings : [];
}

const causesOf = (situation: Situation): Cause[] => findingsOf(syntheticEvidence(situation)).map(({ cause }) => cause);

/** A request of a journey: so many milliseconds after it began, and so many long. */
interface Step {
  readonly name: string;
  readonly afterMs: number;
  readonly ms: number;
}

const SECONDS = 15;
/** Two people a second, and eight after three seconds. */
const ARRIVALS_MS = [
  ...Array.from({ length: 6 }, (_, index) => index * 500),
  ...Array.from({ length: 96 }, (_, index) => 3_000 + index * 125),
];

/** A short run of a service that tells nothing, of whose database one statement is known: requests of a journey follow each other closely. */
function shortRun(journeys: readonly (readonly Step[])[], callsOf: (name: string) => number): Evidence {
  const random = createRandom('short run');
  const rows = ARRIVALS_MS.flatMap((atMs) => {
    const journey = journeys[random.chance(0.6) ? 0 : journeys.length - 1] ?? [];
    return journey.map(({ name, afterMs, ms }) => {
      return { name, dueMs: atMs + afterMs, ms: ms * (0.7 + 0.6 * random.next()) };
    });
  });
  const names = [...new Set(rows.map(({ name }) => name))];
  const calls = Array.from({ length: SECONDS + 2 }, (_, second) =>
    rows.filter(({ dueMs }) => Math.floor(dueMs / 1000) === second).reduce((sum, { name }) => sum + callsOf(name), 0),
  );
  const series = (metric: string, figure: 'rate' | 'mean', unit: string, each: number): EvidenceSeries => ({
    ...{ system: 'Database', kind: 'postgres', metric, labels: { statement: 'lines' }, figure, unit },
    values: figure === 'mean' ? calls.map(() => each) : calls.map((count) => count * each),
  });
  return {
    stepMs: 1000,
    requests: {
      ...{ count: rows.length, names, endpoint: rows.map(({ name }) => names.indexOf(name)) },
      ...{ dueMs: rows.map(({ dueMs }) => dueMs), responseMs: rows.map(({ ms }) => ms) },
      ...{ transferMs: rows.map(() => 0), status: rows.map(() => 200), bytes: rows.map(() => 2_000) },
    },
    series: [
      series('postgres.statement_calls', 'rate', '1/s', 1),
      series('postgres.statement_time', 'rate', 's/s', 0.000_008),
      series('postgres.statement_rows', 'mean', '', 1),
    ],
    texts: { lines: 'SELECT order_id, product_id FROM order_lines WHERE order_id = $1' },
    generator: undefined,
    brokenRules: [],
  };
}

describe('in a short run whose requests come in journeys', () => {
  const LOOK_AROUND: readonly Step[] = [
    { name: 'Product', afterMs: 0, ms: 3.5 },
    { name: 'Product', afterMs: 300, ms: 3.5 },
    { name: 'Latest orders', afterMs: 600, ms: 25 },
  ];
  const LOOK_AFTER: readonly Step[] = [
    { name: 'Orders of a customer', afterMs: 0, ms: 60 },
    { name: 'Order', afterMs: 300, ms: 4 },
  ];

  test('the endpoint with the loop is told from those that come before it each time', () => {
    const found = findingsOf(shortRun([LOOK_AROUND, LOOK_AFTER], (name) => (name === 'Latest orders' ? 80 : 0)));
    expect(found).toMatchObject([{ cause: 'n+1 queries', culprit: 'Latest orders', certainty: 'likely' }]);
    expect(found[0]?.title).toMatch(/^"Latest orders" asks the database (?:7[5-9]|8[0-5])[.\d]* times /);
  });

  test('two or three calls by a request are none', () => {
    const found = findingsOf(shortRun([LOOK_AROUND, LOOK_AFTER], (name) => (name === 'Latest orders' ? 3 : 1)));
    expect(found).toEqual([]);
  });

  test('five searches that ask once each are no loop of the sign-in before them', () => {
    const search = (index: number): Step => ({ name: 'Search', afterMs: 200 * (index + 1), ms: 5 });
    const journey: readonly Step[] = [
      { name: 'Sign in', afterMs: 0, ms: 150 },
      ...Array.from({ length: 5 }, (_, index) => search(index)),
    ];
    expect(findingsOf(shortRun([journey], (name) => (name === 'Search' ? 1 : 0)))).toEqual([]);
  });
});

/** Searches with a loop of so many calls, of which the service says how long it was with its database. */
function searching(calls: number, databaseMs: number): readonly SyntheticSeries[] {
  return [
    ...statement('one', ({ count }) => count('Alerts') + calls * count('Search'), 0.1, 1),
    ...span('Search', 'db', () => databaseMs),
  ];
}

test('one slow question beside a few small ones is not a loop', () => {
  const slowdown = (_: number, endpoint: string): number => (endpoint === 'Search' ? 18 : 1);
  expect(causesOf({ slowdown, series: searching(6, 200) })).toEqual([]);
});

test.each([
  ['most of the time of its endpoint is named, though little of all', 15, ['n+1 queries']],
  ['less than half of it is not', 10, []],
] as [string, number, Cause[]][])('a loop that is %s', (_, databaseMs, expected) => {
  const slowdown = (_at: number, endpoint: string): number => (endpoint === 'Sign in' ? 10 : 1.5);
  expect(causesOf({ slowdown, series: searching(20, databaseMs) })).toEqual(expected);
});
