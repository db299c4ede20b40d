import { describe, expect, test } from 'vitest';
import type { Cause } from '../answer.ts';
import { diagnose } from '../diagnose.ts';
import { SITUATIONS } from '../testing/situations.ts';
import {
  gauge,
  mean,
  type Situation,
  type SyntheticSeries,
  statement,
  syntheticEvidence,
  table,
} from '../testing/synthetic-evidence.ts';
import { causesOf, firstOf } from '../testing/told.ts';

/** How many blocks each call of a statement reads. */
function blocks(id: string, each: number): SyntheticSeries {
  return mean('postgres.statement_blocks', () => each, { statement: id }, '');
}

test.each([
  ['a table of 900 rows is read faster than its index', 900, []],
  ['a table of 1,100 rows is not', 1_100, ['missing index']],
] as [string, number, Cause[]][])('%s', (_, rows, expected) => {
  const situation = SITUATIONS['missing index'];
  const series = [
    ...statement('page', ({ count }) => count('Search'), 80, 20),
    ...table('documents', rows, ({ count }) => count('Heat map') + count('Search')),
  ];
  expect(causesOf(diagnose(syntheticEvidence({ ...situation, series })))).toEqual(expected);
});

test('does not take for the culprit who was answered sooner than the statement takes', () => {
  // Every search comes with a list of alerts, so by their number both could have asked.
  const together: Situation = {
    ...SITUATIONS['missing index'],
    endpoints: [
      { name: 'Alerts', perSec: 8, ms: 4, bytes: 3_000 },
      { name: 'Search', perSec: 8, ms: 12, bytes: 6_000 },
    ],
    series: [
      ...statement('page', ({ count }) => 0.9 * count('Alerts') + 0.1 * count('Search'), 80, 20),
      ...table('documents', 100_000, ({ count }) => 0.9 * count('Alerts') + 0.1 * count('Search')),
    ],
  };
  expect(firstOf(together)).toMatchObject({ cause: 'missing index', culprit: 'Search' });
});

test('tells the statement that scans from look-ups by number, and bears tables that tell later than statements', () => {
  const searches: number[] = [];
  const finding = firstOf({
    ...SITUATIONS['missing index'],
    texts: { number: 'SELECT * FROM documents WHERE id = $1' },
    series: [
      ...statement('page', ({ at, count }) => (searches[at] = count('Search')), 80, 20),
      ...statement('number', ({ count }) => 40 * count('Alerts'), 0.1, 1),
      blocks('page', 12_000),
      blocks('heat', 12_000),
      blocks('number', 4),
      ...table('documents', 100_000, ({ at, count }) => count('Heat map') + (searches[at - 1] ?? 0)),
    ],
  });
  expect(finding.cause).toBe('missing index');
  expect(finding.culprit).toBe('Search');
  expect(JSON.stringify(finding.seen)).not.toContain('WHERE id = $1');
});

test('where nobody tells of blocks, does not take for a reader of all rows who is far too quick for that', () => {
  const searches: number[] = [];
  const { cause, details } = firstOf({
    ...SITUATIONS['missing index'],
    texts: { newest: 'SELECT id FROM documents ORDER BY id DESC LIMIT $1' },
    series: [
      ...statement('page', ({ at, count }) => (searches[at] = count('Search')), 80, 20),
      // Asked after every search, when the table is told: by their number these rather made the scans.
      ...statement('newest', ({ at }) => searches[at - 1] ?? 0, 0.1, 80),
      ...table('documents', 100_000, ({ at }) => searches[at - 1] ?? 0),
    ],
  });
  expect(cause).toBe('missing index');
  expect(details).toMatchObject({ statements: [expect.stringContaining('d.search @@ $1')] });
});

test('tells statements of which some calls scan and some do not, by the blocks that they read on average', () => {
  const { cause, details } = firstOf({
    ...SITUATIONS['missing index'],
    texts: { source: 'SELECT count(*) FROM documents WHERE source = $1' },
    series: [
      ...statement('page', ({ count }) => count('Search'), 40, 20),
      ...statement('source', ({ count }) => 6 * count('Search'), 0.1, 1),
      blocks('page', 6_000),
      blocks('heat', 12_000),
      blocks('source', 400),
      // Two searches of five go through all of it.
      ...table('documents', 100_000, ({ count }) => 0.1 * count('Heat map') + 0.4 * count('Search'), 90_000),
    ],
  });
  expect(cause).toBe('stale statistics');
  expect(details).toMatchObject({ statements: [expect.stringContaining('d.search @@ $1')] });
});

test.each([
  ['by statistics that are out of date is named', 90_000, ['stale statistics']],
  ['for want of an index is not yet', 0, []],
] as [string, number, Cause[]][])('a scan that takes a tenth of the time %s', (_, changed, expected) => {
  const series = [
    ...statement('page', ({ count }) => count('Search'), 6, 20),
    ...table('documents', 100_000, ({ count }) => count('Heat map') + count('Search'), changed),
  ];
  const slowdown = (_at: number, endpoint: string): number => (endpoint === 'Search' ? 2 : 1);
  expect(causesOf(diagnose(syntheticEvidence({ slowdown, series })))).toEqual(expected);
});

describe('a table that three processes go through together, each a third of it', () => {
  const shared = (changedRows: number, series: readonly SyntheticSeries[] = []): Situation => ({
    ...SITUATIONS['missing index'],
    texts: { source: 'SELECT count(*) FROM documents WHERE source = $1' },
    series: [
      ...statement('page', ({ count }) => count('Search'), 80, 20),
      ...table('documents', 33_000, ({ count }) => 3 * (count('Heat map') + count('Search')), changedRows),
      gauge('postgres.table_live_rows', () => 99_000, { table: 'documents' }),
      ...series,
    ],
  });

  test.each([
    ['of whose rows 19 % changed: the statistics are good enough', 18_810, 'missing index'],
    ['of whose rows 21 % changed: they are stale', 20_790, 'stale statistics'],
  ] as [string, number, Cause][])('%s', (_, changedRows, expected) => {
    expect(firstOf(shared(changedRows)).cause).toBe(expected);
  });

  test('is read as often as statements ask for it, and from one end to the other', () => {
    expect(firstOf(shared(0)).seen[0]?.text).toMatch(/^\d{3} scans of documents went through 99,000 rows each; /);
  });

  test('is told from what reads a small part of it by the blocks that statements read', () => {
    const { details } = firstOf(
      shared(0, [
        ...statement('source', ({ count }) => 2 * count('Search'), 0.1, 1),
        blocks('page', 12_000),
        blocks('heat', 12_000),
        blocks('source', 400),
      ]),
    );
    expect(details).toEqual({
      kind: 'table',
      table: 'documents',
      statements: [expect.stringContaining('d.search @@ $1')],
    });
  });
});

test.each([
  ['19 % of the rows changed: the statistics are good enough', 19_000, 'missing index'],
  ['21 % of the rows changed: they are stale', 21_000, 'stale statistics'],
] as [string, number, Cause][])('%s', (_, changed, expected) => {
  const series = [
    ...statement('page', ({ count }) => count('Search'), 80, 20),
    ...table('documents', 100_000, ({ count }) => count('Heat map') + count('Search'), changed),
  ];
  expect(firstOf({ ...SITUATIONS['missing index'], series }).cause).toBe(expected);
});
