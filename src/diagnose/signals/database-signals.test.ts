import { expect, test } from 'vitest';
import type { EvidenceSeries } from '../evidence.ts';
import { databaseSignals } from './database-signals.ts';

function series(system: string, kind: string, metric: string, labels: Record<string, string>): EvidenceSeries {
  const figure = metric === 'postgres.sessions' ? 'value' : 'rate';
  return { system, kind, metric, labels, figure, unit: '', values: [1, 2, 3] };
}

function database(system: string, kind: string): EvidenceSeries[] {
  return [
    series(system, kind, 'postgres.sessions', { state: 'idle in transaction' }),
    series(system, kind, 'postgres.table_rows', { table: 'orders', by: 'scan' }),
    series(system, kind, 'postgres.table_reads', { table: 'orders', by: 'scan' }),
  ];
}

const [ASKED, TOLD] = [database('Asked', 'postgres'), database('Told', 'prometheus')];

test('a database that only an exporter tells of is known, but not what its sessions wait for', () => {
  const { system, tables, waits, idleInTransaction } = databaseSignals(TOLD, {}, 3, 1_000);
  expect([system, tables.map(({ name }) => name), waits.size]).toEqual(['Told', ['orders'], 0]);
  expect([...(idleInTransaction?.values ?? [])]).toEqual([1, 2, 3]);
});

test('one that is asked itself as well is known once, by what it says', () => {
  const { system, tables, idleInTransaction } = databaseSignals([...TOLD, ...ASKED], {}, 3, 1_000);
  expect([system, tables.length]).toEqual(['Asked', 1]);
  expect([...(idleInTransaction?.values ?? [])]).toEqual([1, 2, 3]);
});
