import { describe, expect, test } from 'vitest';
import { type Row, sessionReadings, waitEventReadings, waitReadings, withAbsent } from './postgres-readings.ts';
import type { Reading } from './reading.ts';

const valuesOf = (readings: readonly Reading[], metric: string) =>
  readings.flatMap((reading) =>
    reading.metric === metric && reading.kind === 'gauge'
      ? [[Object.values(reading.labels).join(' '), reading.value]]
      : [],
  );

const told = (rows: readonly Row[]) => [
  ...sessionReadings(rows, 100),
  ...waitReadings(rows),
  ...waitEventReadings(rows),
];

describe('sessions', () => {
  const ROWS = [
    { state: 'active', type: '', event: '', sessions: 2, longest: 0.5 },
    { state: 'active', type: 'Lock', event: 'transactionid', sessions: 3, longest: 4 },
    { state: 'idle', type: 'Client', event: 'ClientRead', sessions: 15, longest: 0 },
  ];

  test('counts sessions by state, and working ones by what they wait for', () => {
    const readings = told(ROWS);
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
    withAbsent(told(ROWS), seen);
    const later = withAbsent(told(ROWS.slice(2)), seen);
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
