import {
  checkpointReadings,
  databaseReadings,
  numberOf,
  type Row,
  sessionReadings,
  statementReadings,
  tableReadings,
  waitReadings,
} from './postgres-readings.ts';
import type { PrometheusSample } from './prometheus-text.ts';
import type { Labels, Reading } from './reading.ts';

/** A view of PostgreSQL as postgres_exporter tells it: `prefix` and a column, with or without `_total`. */
interface View {
  readonly prefix: string;
  /** Column of the view → that of our rows. */
  readonly columns: Readonly<Record<string, string>>;
  /** What all samples of one row have in common; undefined: it is about nothing that we count. */
  readonly about: (labels: Labels) => Row | undefined;
}

/**
 * Names of postgres_exporter 0.11 to 0.17. Of 0.11, tables are told by a query of one's own, and sessions without what they wait for.
 *
 * Source: https://github.com/prometheus-community/postgres_exporter, folders `cmd/postgres_exporter` and `collector`
 */
const VIEWS = {
  sessions: {
    prefix: 'pg_stat_activity_',
    columns: { count: 'sessions', max_tx_duration: 'longest' },
    about: ({ state = '', backend_type: backend = 'client backend', wait_event_type: type }) =>
      // Processes of the server's own have no state.
      state === '' || backend !== 'client backend' ? undefined : { state, ...(type === undefined ? {} : { type }) },
  },
  database: {
    prefix: 'pg_stat_database_',
    columns: {
      ...{ xact_commit: 'commits', xact_rollback: 'rollbacks', blks_hit: 'blocks_hit', blks_read: 'blocks_read' },
      ...{ tup_inserted: 'inserted', tup_updated: 'updated', tup_deleted: 'deleted' },
      ...{ temp_bytes: 'temporary_bytes', deadlocks: 'deadlocks' },
    },
    about: () => ({}),
  },
  tables: {
    prefix: 'pg_stat_user_tables_',
    columns: {
      ...{ seq_scan: 'scans', seq_tup_read: 'rows_scanned', idx_scan: 'look_ups', idx_tup_fetch: 'rows_looked_up' },
      ...{ n_live_tup: 'live_rows', n_dead_tup: 'dead_rows', n_mod_since_analyze: 'changed_rows' },
    },
    about: ({ relname = '' }) => ({ name: relname }),
  },
  // Of PostgreSQL before 17, and since.
  writer: {
    prefix: 'pg_stat_bgwriter_',
    columns: { checkpoints_timed: 'checkpoints', checkpoints_req: 'checkpoints', buffers_checkpoint: 'buffers' },
    about: () => ({}),
  },
  checkpointer: {
    prefix: 'pg_stat_checkpointer_',
    columns: { num_timed: 'checkpoints', num_requested: 'checkpoints', buffers_written: 'buffers' },
    about: () => ({}),
  },
  statements: {
    prefix: 'pg_stat_statements_',
    columns: { calls: 'calls', seconds: 'seconds', rows: 'rows' },
    about: ({ queryid = '' }) => ({ id: queryid }),
  },
} as const satisfies Record<string, View>;

type ViewName = keyof typeof VIEWS;

/** A gauge of 1 whose labels hold the text of a statement. */
const STATEMENT_TEXT = 'pg_stat_statements_query_id';
const CONNECTIONS = 'pg_settings_max_connections';
/** Some four hundred numbers that do not change while a test runs. */
const SETTINGS = 'pg_settings_';

/** Tables and statements that are kept, as many as of a PostgreSQL that is asked itself. */
const [MOST_TABLES, MOST_STATEMENTS] = [20, 60];

/** What a session that works may wait for: what nobody waits for at the moment is told as nothing at all. */
const WAITS: readonly string[] = ['', 'Lock', 'LWLock', 'IO', 'Client', 'IPC', 'BufferPin', 'Timeout'];

/** Which column of which view a name stands for. */
const COLUMN_OF: ReadonlyMap<string, readonly [view: ViewName, column: string]> = new Map(
  Object.entries(VIEWS).flatMap(([view, { prefix, columns }]) =>
    Object.entries(columns).map(([name, column]) => [`${prefix}${name}`, [view as ViewName, column] as const] as const),
  ),
);

/** Whether the sample is one of many that `postgresReadings` makes readings of, or a setting. */
export function isOfPostgres({ name }: PrometheusSample): boolean {
  return columnOf(name) !== undefined || name === STATEMENT_TEXT || name.startsWith(SETTINGS);
}

function columnOf(name: string): readonly [view: ViewName, column: string] | undefined {
  return COLUMN_OF.get(name.replace(/_total$/, ''));
}

/**
 * A PostgreSQL that postgres_exporter watches, in the words for one that is asked itself; all databases of the server together. Empty without
 * samples of it. How many blocks a statement reads, and which locks are waited for, the exporter does not tell.
 */
export function postgresReadings(samples: readonly PrometheusSample[]): Reading[] {
  const { sessions, database, tables, writer, checkpointer, statements } = rowsIn(samples);
  const limit = samples.find(({ name }) => name === CONNECTIONS)?.value;
  const waits = sessions.filter(({ type }) => type !== undefined);
  const readBy = (row: Row): number => numberOf(row, 'rows_scanned') + numberOf(row, 'rows_looked_up');
  const [first] = checkpointer.length > 0 ? checkpointer : writer;
  return [
    ...(sessions.length === 0 ? [] : sessionReadings(sessions, limit)),
    ...(waits.length === 0 ? [] : waitReadings([...WAITS.map(nobody), ...waits])),
    ...(database.length === 0 ? [] : databaseReadings(database[0])),
    ...tableReadings(most(tables, readBy, MOST_TABLES)),
    ...(first === undefined ? [] : checkpointReadings(first)),
    ...most(statements, (row) => numberOf(row, 'seconds'), MOST_STATEMENTS).flatMap((row) =>
      statementReadings({ ...row, ms: numberOf(row, 'seconds') * 1000 }),
    ),
  ];
}

/** Texts of statements by their number, where the exporter was asked to tell them; with what stands in quotes. */
export function statementTextsIn(samples: readonly PrometheusSample[]): Readonly<Record<string, string>> {
  const told = samples.filter(({ name }) => name === STATEMENT_TEXT);
  return Object.fromEntries(told.map(({ labels }) => [labels.queryid ?? '', labels.query ?? '']));
}

/** Rows of each view, those of several databases, users and schemas added up. */
function rowsIn(samples: readonly PrometheusSample[]): Readonly<Record<ViewName, readonly Row[]>> {
  const rows = new Map<string, { readonly view: ViewName; readonly row: Record<string, Row[string]> }>();
  for (const { name, labels, value } of samples) {
    const [view, column] = columnOf(name) ?? [];
    if (view === undefined || column === undefined) continue;
    const about = VIEWS[view].about(labels);
    if (about === undefined || !Number.isFinite(value)) continue;
    const key = `${view} ${JSON.stringify(about)}`;
    const found = rows.get(key) ?? { view, row: { ...about } };
    rows.set(key, found);
    const before = numberOf(found.row, column);
    found.row[column] = column === 'longest' ? Math.max(before, value) : before + value;
  }
  const all = [...rows.values()];
  const of = (wanted: ViewName): readonly Row[] => all.filter(({ view }) => view === wanted).map(({ row }) => row);
  return {
    sessions: of('sessions'),
    database: of('database'),
    tables: of('tables'),
    writer: of('writer'),
    checkpointer: of('checkpointer'),
    statements: of('statements'),
  };
}

function nobody(type: string): Row {
  return { state: 'active', type, sessions: 0 };
}

function most(rows: readonly Row[], by: (row: Row) => number, count: number): readonly Row[] {
  return rows.toSorted((a, b) => by(b) - by(a)).slice(0, count);
}
