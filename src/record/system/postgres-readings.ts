import type { Labels, Meaning, Reading } from 'proving-ground/record/system/index.ts';

/** A row of `queries.ts`: numbers and texts by the names of its columns. */
export type Row = Readonly<Record<string, string | number | null>>;

/** A number of a row; 0 for one that is not there, as PostgreSQL counts nothing it has never seen. */
export function numberOf(row: Row | undefined, column: string): number {
  const value = Number(row?.[column]);
  return Number.isFinite(value) ? value : 0;
}

/** Sessions by state, and those that work by what they wait for; `CPU`: they wait for nothing and compute. */
export function sessionReadings(rows: readonly Row[], limit: number): Reading[] {
  const states = sums(rows, ({ state }) => String(state));
  const active = rows.filter(({ state }) => state === 'active');
  const types = sums(active, ({ type }) => (type === '' ? 'CPU' : String(type)));
  const waiting = active.filter(({ type }) => type !== '');
  const total = rows.reduce((sum, row) => sum + numberOf(row, 'sessions'), 0);
  const longest = rows.reduce((most, row) => Math.max(most, numberOf(row, 'longest')), 0);
  return [
    ...[...states].map(([state, count]) =>
      gauge('postgres.sessions', { state }, '', count, { resource: 'connections', aspect: 'size' }),
    ),
    ...[...types].map(([type, count]) =>
      gauge('postgres.waits', { type }, '', count, { resource: 'waits', aspect: 'saturation' }),
    ),
    ...waiting.map((row) => gauge('postgres.wait_events', labelsOfWait(row), '', numberOf(row, 'sessions'))),
    gauge('postgres.connections_used', {}, '%', (total / limit) * 100, {
      resource: 'connections',
      aspect: 'utilisation',
    }),
    gauge('postgres.longest_transaction', {}, 's', longest, { resource: 'transactions', aspect: 'duration' }),
  ];
}

function labelsOfWait({ type, event }: Row): Labels {
  return { type: String(type), event: String(event) };
}

/** Names that are missing now have 0: a state that nobody is in any more must not keep its last value. */
export function withAbsent(readings: readonly Reading[], seen: Map<string, Reading>): Reading[] {
  const present = new Set(readings.map(keyOf));
  const absent = [...seen.values()].filter((reading) => !present.has(keyOf(reading)));
  for (const reading of readings) {
    if (reading.kind === 'gauge') seen.set(keyOf(reading), { ...reading, value: 0 });
  }
  return [...readings, ...absent];
}

function keyOf({ metric, labels }: Reading): string {
  return `${metric} ${JSON.stringify(labels)}`;
}

function sums(rows: readonly Row[], nameOf: (row: Row) => string): Map<string, number> {
  const result = new Map<string, number>();
  for (const row of rows) result.set(nameOf(row), (result.get(nameOf(row)) ?? 0) + numberOf(row, 'sessions'));
  return result;
}

/** Rates of the database, and how many of the blocks were in its memory. */
export function databaseReadings(row: Row | undefined): Reading[] {
  const [hit, read] = [numberOf(row, 'blocks_hit'), numberOf(row, 'blocks_read')];
  const rate = (name: string, column: string, meaning?: Meaning, labels: Labels = {}): Reading =>
    counter(`postgres.${name}`, labels, '1/s', numberOf(row, column), meaning);
  return [
    rate('commits', 'commits', { resource: 'transactions', aspect: 'rate' }),
    rate('rollbacks', 'rollbacks', { resource: 'transactions', aspect: 'errors' }),
    ratio('postgres.cache_hit_ratio', {}, '%', hit, hit + read, 100, { resource: 'cache', aspect: 'utilisation' }),
    rate('blocks_read', 'blocks_read', { resource: 'disk', aspect: 'rate' }),
    ...['inserted', 'updated', 'deleted'].map((what) => rate('rows_written', what, undefined, { what })),
    counter('postgres.temporary_files', {}, 'bytes/s', numberOf(row, 'temporary_bytes'), {
      resource: 'disk',
      aspect: 'saturation',
    }),
    rate('deadlocks', 'deadlocks', { resource: 'locks', aspect: 'errors' }),
  ];
}

/** Locks that somebody waits for. */
export function lockReadings(rows: readonly Row[]): Reading[] {
  const waiting = rows.reduce((sum, row) => sum + numberOf(row, 'waiting'), 0);
  return [gauge('postgres.locks_waiting', {}, '', waiting, { resource: 'locks', aspect: 'saturation' })];
}

/** Rows that were read by going through a table and by an index, and rows that its statistics do not know of. */
export function tableReadings(rows: readonly Row[]): Reading[] {
  return rows.flatMap((row) => {
    const table = String(row.name);
    const labels = (by: string): Labels => ({ table, by });
    return [
      counter('postgres.table_rows', labels('scan'), '1/s', numberOf(row, 'rows_scanned'), {
        resource: 'table',
        aspect: 'rate',
      }),
      counter('postgres.table_rows', labels('index'), '1/s', numberOf(row, 'rows_looked_up')),
      counter('postgres.table_reads', labels('scan'), '1/s', numberOf(row, 'scans')),
      counter('postgres.table_reads', labels('index'), '1/s', numberOf(row, 'look_ups')),
      gauge('postgres.table_live_rows', { table }, '', numberOf(row, 'live_rows')),
      gauge('postgres.table_dead_rows', { table }, '', numberOf(row, 'dead_rows')),
      gauge('postgres.table_changed_rows', { table }, '', numberOf(row, 'changed_rows')),
    ];
  });
}

/** Checkpoints, which make a disk busy. */
export function checkpointReadings(row: Row | undefined): Reading[] {
  return [
    counter('postgres.checkpoints', {}, '1/s', numberOf(row, 'checkpoints'), {
      resource: 'checkpoints',
      aspect: 'rate',
    }),
    counter('postgres.checkpoint_buffers', {}, '1/s', numberOf(row, 'buffers')),
  ];
}

/** A statement: how often, how long each time and in all, rows and blocks each time. */
export function statementReadings(row: Row): Reading[] {
  const labels = { statement: String(row.id) };
  const calls = numberOf(row, 'calls');
  const [hit, read] = [numberOf(row, 'blocks_hit'), numberOf(row, 'blocks_read')];
  const seconds = counter('postgres.statement_time', labels, 's/s', numberOf(row, 'ms') / 1000, {
    resource: 'statement',
    aspect: 'utilisation',
  });
  return [
    seconds,
    counter('postgres.statement_calls', labels, '1/s', calls, { resource: 'statement', aspect: 'rate' }),
    ratio('postgres.statement_mean', labels, 'ms', numberOf(row, 'ms'), calls, 1, {
      resource: 'statement',
      aspect: 'duration',
    }),
    ratio('postgres.statement_rows', labels, '', numberOf(row, 'rows'), calls, 1),
    ratio('postgres.statement_blocks', labels, '', hit + read, calls, 1),
    ratio('postgres.statement_hit_ratio', labels, '%', hit, hit + read, 100),
  ];
}

function gauge(metric: string, labels: Labels, unit: string, value: number, meaning?: Meaning): Reading {
  return { kind: 'gauge', metric, labels, unit, value, meaning };
}

function counter(metric: string, labels: Labels, unit: string, value: number, meaning?: Meaning): Reading {
  return { kind: 'counter', metric, labels, unit, value, meaning };
}

function ratio(
  metric: string,
  labels: Labels,
  unit: string,
  part: number,
  whole: number,
  scale: number,
  meaning?: Meaning,
): Reading {
  return { kind: 'ratio', metric, labels, unit, part, whole, scale, meaning };
}
