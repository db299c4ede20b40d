import { expect, test } from 'vitest';
import type { TableSignal } from './signals/database-signals.ts';
import { scansOf } from './table-scans.ts';

/** A table of which one second told so much. */
function table(scans: number, scannedRows: number, rows: number): TableSignal {
  const one = (value: number): Float64Array => Float64Array.of(value);
  return { name: 'orders', scans: one(scans), scannedRows: one(scannedRows), rows, changedRows: one(0) };
}

test('a scan that three processes share is one', () => {
  const scans = scansOf(table(126, 42 * 300_000, 300_000));
  expect(scans).toMatchObject({ rows: 300_000, rowsPerCounted: 100_000 });
  expect(scans?.scansBy(43)).toBe(42);
  expect(scans?.rowsReadBy(43)).toBeCloseTo((42 / 43) * 300_000, 0);
});

test('scans that end early are as many as were counted, and read what they read', () => {
  const scans = scansOf(table(100, 100 * 5_000, 300_000));
  expect(scans?.scansBy(98)).toBe(100);
  expect(scans?.rowsReadBy(98)).toBeCloseTo((100 / 98) * 5_000, 0);
});

test('a scan by one process is what it says, however often statements ran', () => {
  const scans = scansOf(table(20, 20 * 4_000, 4_000));
  for (const calls of [1, 20, 5_000]) {
    expect(scans?.scansBy(calls)).toBe(20);
    expect(scans?.rowsReadBy(calls)).toBe(4_000);
  }
});

test.each([
  ['nobody tells how many rows there are', 0],
  ['the server forgot how many there are', 12],
])('a table has the rows of a scan where %s', (_, rows) => {
  const scans = scansOf(table(20, 20 * 4_000, rows));
  expect(scans?.rows).toBe(4_000);
  expect(scans?.scansBy(60)).toBe(20);
});

test('a table that nobody went through has no scans, and an empty one none that read', () => {
  expect(scansOf(table(0, 0, 300_000))).toBeUndefined();
  expect(scansOf(table(9, 0, 0))).toBeUndefined();
});
