import { describe, expect, test } from '@jest/globals';
import type { Reading } from 'proving-ground/record/system/index.ts';
import { MARK } from './queries.ts';
import { sessionReadings, withAbsent } from './readings.ts';
import { createStatementWatch, shownText } from './statements.ts';

const valuesOf = (readings: readonly Reading[], metric: string) =>
  readings.flatMap((reading) =>
    reading.metric === metric && reading.kind === 'gauge'
      ? [[Object.values(reading.labels).join(' '), reading.value]]
      : [],
  );

describe('sessionReadings', () => {
  const ROWS = [
    { state: 'active', type: '', event: '', sessions: 2, longest: 0.5 },
    { state: 'active', type: 'Lock', event: 'transactionid', sessions: 3, longest: 4 },
    { state: 'idle', type: 'Client', event: 'ClientRead', sessions: 15, longest: 0 },
  ];

  test('counts sessions by state, and working ones by what they wait for', () => {
    const readings = sessionReadings(ROWS, 100);
    expect(valuesOf(readings, 'postgres.sessions')).toEqual([
      ['active', 5],
      ['idle', 15],
    ]);
    expect(valuesOf(readings, 'postgres.waits')).toEqual([
      ['CPU', 2],
      ['Lock', 3],
    ]);
    expect(valuesOf(readings, 'postgres.wait_events')).toEqual([['Lock transactionid', 3]]);
    expect(valuesOf(readings, 'postgres.connections_used')).toEqual([['', 20]]);
    expect(valuesOf(readings, 'postgres.longest_transaction')).toEqual([['', 4]]);
  });

  test('a state that nobody is in any more has 0', () => {
    const seen = new Map<string, Reading>();
    withAbsent(sessionReadings(ROWS, 100), seen);
    const later = withAbsent(sessionReadings(ROWS.slice(2), 100), seen);
    expect(valuesOf(later, 'postgres.waits')).toEqual([
      ['CPU', 0],
      ['Lock', 0],
    ]);
    expect(valuesOf(later, 'postgres.sessions')).toEqual([
      ['idle', 15],
      ['active', 0],
    ]);
  });
});

describe('createStatementWatch', () => {
  const row = (id: string, ms: number) => ({ id, calls: ms, ms, rows: 1, blocks_hit: 1, blocks_read: 0 });
  const idsOf = (readings: readonly Reading[]) => new Set(readings.map(({ labels }) => labels.statement));

  test('follows what ran since it began, the dearest first, and never a question of ours', () => {
    const watch = createStatementWatch();
    expect(watch.readings([row('1', 500), row('2', 5), row('3', 0)])).toEqual([]);
    watch.readings([row('1', 500), row('2', 6), row('3', 9)]);
    expect(watch.unknown()).toEqual(['3', '2']);
    watch.learn([
      { id: '2', text: `SELECT ${MARK} 1` },
      { id: '3', text: 'SELECT  *\n FROM t' },
    ]);
    expect(idsOf(watch.told([row('1', 500), row('2', 6), row('3', 9)]))).toEqual(new Set(['3']));
    expect(idsOf(watch.readings([row('1', 500), row('2', 7), row('3', 10)]))).toEqual(new Set(['3']));
    expect(watch.unknown()).toEqual([]);
    expect(watch.texts()).toEqual({ '3': 'SELECT * FROM t' });
  });

  test('has an end, however many statements there are', () => {
    const watch = createStatementWatch();
    const many = (ms: number) => Array.from({ length: 500 }, (_, index) => row(String(index), ms));
    watch.readings(many(0));
    for (let look = 1; look <= 20; look += 1) watch.readings(many(look));
    expect(watch.unknown()).toHaveLength(60);
  });
});

test.each([
  ["ALTER ROLE a PASSWORD 'it''s secret'", "ALTER ROLE a PASSWORD '…'"],
  ["SELECT 'cut off in the mid", "SELECT '…'"],
  ['SELECT $1', 'SELECT $1'],
])('%s is shown as %s', (text, shown) => {
  expect(shownText(text)).toBe(shown);
});
