import type { Labels, Meaning, Reading } from './reading.ts';

/** What PostgreSQL told of one thing, whoever asked it: numbers and texts by the names of columns. */
export type Row = Readonly<Record<string, string | number | null>>;

/** A number of a row; 0 for one that is not there, as PostgreSQL counts nothing it has never seen. */
export function numberOf(row: Row | undefined, column: string): number {
  const value = Number(row?.[column]);
  return Number.isFinite(value) ? value : 0;
}

/** Sessions by state, the longest transaction, and the share of connections that is used. @param limit of connections; undefined: not known. */
export function sessionReadings(rows: readonly Row[], limit: number | undefined): Reading[] {
  const states = sums(rows, ({ state }) => String(state));
  const total = rows.reduce((sum, row) => sum + numberOf(row, 'sessions'), 0);
  const longest = rows.reduce((most, row) => Math.max(most, numberOf(row, 'longest')), 0);
  return [
    ...[...states].map(([state, count]) =>
      gauge('postgres.sessions', { state }, '', count, { resource: 'connections', aspect: 'size' }),
    ),
    ...(limit === undefined
      ? []
      : [
          gauge('postgres.connections_used', {}, '%', (total / limit) * 100, {
            resource: 'connections',
            aspect: 'utilisation',
          }),
        ]),
    gauge('postgres.longest_transaction', {}, 's', longest, { resource: 'transactions', aspect: 'duration' }),
  ];
}

/** Sessions that work, by the kind of what they wait for; `CPU`: they wait for nothing and compute. */
export function waitReadings(rows: readonly Row[]): Reading[] {
  const types = sums(rows.filter(isActive), ({ type }) => (type === '' ? 'CPU' : String(type)));
  return [...types].map(([type, count]) =>
    gauge('postgres.waits', { type }, '', count, { resource: 'waits', aspect: 'saturation' }),
  );
}

/** Sessions that work, by what exactly they wait for. */
export function waitEventReadings(rows: readonly Row[]): Reading[] {
  return rows
    .filter((row) => isActive(row) && row.type !== '')
    .map((row) => gauge('postgres.wait_events', labelsOfWait(row), '', numberOf(row, 'sessions')));
}

function isActive({ state }: Row): boolean {
  return state === 'active';
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

/** A statement: how often, how long each time and in all, rows and, where they were told, blocks each time. */
export function statementReadings(row: Row): Reading[] {
  const labels = { statement: String(row.id) };
  const calls = numberOf(row, 'calls');
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
    ...(row.blocks_hit === undefined ? [] : blockReadings(row, labels, calls)),
  ];
}

function blockReadings(row: Row, labels: Labels, calls: number): Reading[] {
  const [hit, read] = [numberOf(row, 'blocks_hit'), numberOf(row, 'blocks_read')];
  return [
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
