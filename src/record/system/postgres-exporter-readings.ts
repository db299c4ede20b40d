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

/** Something of PostgreSQL that postgres_exporter tells in several metrics, one for each of its columns. */
interface View {
  /** Name of a metric, without `_total` → column of our rows. */
  readonly columns: Readonly<Record<string, string>>;
  /** What all metrics of one row have in common; undefined: it is about nothing that we count. */
  readonly about: (labels: Labels) => Row | undefined;
}

/**
 * Names of postgres_exporter 0.11 to 0.17. Of 0.11, tables are told by a query of one's own, and sessions without what they wait for.
 *
 * Source: https://github.com/prometheus-community/postgres_exporter, folders `cmd/postgres_exporter` and `collector`
 */
const VIEWS = {
  sessions: {
    columns: { pg_stat_activity_count: 'sessions', pg_stat_activity_max_tx_duration: 'longest' },
    about: ({ state = '', backend_type: backend = 'client backend', wait_event_type: type }) =>
      // Processes of the server's own have no state.
      state === '' || backend !== 'client backend' ? undefined : { state, ...(type === undefined ? {} : { type }) },
  },
  database: {
    columns: prefixed('pg_stat_database_', {
      ...{ xact_commit: 'commits', xact_rollback: 'rollbacks', blks_hit: 'blocks_hit', blks_read: 'blocks_read' },
      ...{ tup_inserted: 'inserted', tup_updated: 'updated', tup_deleted: 'deleted' },
      ...{ temp_bytes: 'temporary_bytes', deadlocks: 'deadlocks' },
    }),
    about: () => ({}),
  },
  tables: {
    columns: prefixed('pg_stat_user_tables_', {
      ...{ seq_scan: 'scans', seq_tup_read: 'rows_scanned', idx_scan: 'look_ups', idx_tup_fetch: 'rows_looked_up' },
      ...{ n_live_tup: 'live_rows', n_dead_tup: 'dead_rows', n_mod_since_analyze: 'changed_rows' },
    }),
    about: ({ relname = '' }) => ({ name: relname }),
  },
  // Of PostgreSQL before 17, and since.
  checkpoints: {
    columns: {
      pg_stat_bgwriter_checkpoints_timed: 'checkpoints',
      pg_stat_bgwriter_checkpoints_req: 'checkpoints',
      pg_stat_bgwriter_buffers_checkpoint: 'buffers',
      pg_stat_checkpointer_num_timed: 'checkpoints',
      pg_stat_checkpointer_num_requested: 'checkpoints',
      pg_stat_checkpointer_buffers_written: 'buffers',
    },
    about: () => ({}),
  },
  statements: {
    columns: prefixed('pg_stat_statements_', { calls: 'calls', seconds: 'seconds', rows: 'rows' }),
    about: ({ queryid = '' }) => ({ id: queryid }),
  },
} satisfies Record<string, View>;

type ViewName = keyof typeof VIEWS;

function prefixed(prefix: string, columns: View['columns']): View['columns'] {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${prefix}${name}`, column]));
}

/** A gauge of 1 whose labels hold the text of a statement. */
const STATEMENT_TEXT = 'pg_stat_statements_query_id';
const CONNECTIONS = 'pg_settings_max_connections';
/** Some four hundred numbers that do not change while a test runs. */
const SETTINGS = 'pg_settings_';

/** Tables and statements that are kept, as many as of a PostgreSQL that is asked itself. */
const [MOST_TABLES, MOST_STATEMENTS] = [20, 60];

/** What a session that works may wait for: what nobody waits for at the moment is told as nothing at all. */
const WAITS: readonly string[] = ['', 'Lock', 'LWLock', 'IO', 'Client', 'IPC', 'BufferPin', 'Timeout'];

/** Which column of which view a metric is. */
const COLUMN_OF = new Map(
  Object.entries(VIEWS).flatMap(([view, { columns }]) =>
    Object.entries(columns).map(([name, column]) => [name, { view: view as ViewName, column }] as const),
  ),
);

/** Whether the sample is one of many that `postgresReadings` makes readings of, or a setting. */
export function isOfPostgres({ name }: PrometheusSample): boolean {
  return columnOf(name) !== undefined || name === STATEMENT_TEXT || name.startsWith(SETTINGS);
}

function columnOf(name: string): { readonly view: ViewName; readonly column: string } | undefined {
  return COLUMN_OF.get(name.replace(/_total$/, ''));
}

/**
 * A PostgreSQL that postgres_exporter watches, in the words for one that is asked itself; all databases of the server together. Empty without
 * samples of it. How many blocks a statement reads, and which locks are waited for, the exporter does not tell.
 */
export function postgresReadings(samples: readonly PrometheusSample[]): Reading[] {
  const rowsOf = rowsIn(samples);
  const sessions = rowsOf('sessions');
  const limit = samples.find(({ name }) => name === CONNECTIONS)?.value;
  const waits = sessions.filter(({ type }) => type !== undefined);
  return [
    ...(sessions.length === 0 ? [] : sessionReadings(sessions, limit)),
    ...(waits.length === 0 ? [] : waitReadings([...WAITS.map(nobody), ...waits])),
    ...rowsOf('database').flatMap(databaseReadings),
    ...tableReadings(most(rowsOf('tables'), rowsRead, MOST_TABLES)),
    ...rowsOf('checkpoints').flatMap(checkpointReadings),
    ...most(rowsOf('statements'), milliseconds, MOST_STATEMENTS).flatMap((row) =>
      statementReadings({ ...row, ms: milliseconds(row) }),
    ),
  ];
}

function rowsRead(row: Row): number {
  return numberOf(row, 'rows_scanned') + numberOf(row, 'rows_looked_up');
}

function milliseconds(row: Row): number {
  return numberOf(row, 'seconds') * 1000;
}

/** Texts of statements by their number, where the exporter was asked to tell them; with what stands in quotes. */
export function statementTextsIn(samples: readonly PrometheusSample[]): Readonly<Record<string, string>> {
  const told = samples.filter(({ name }) => name === STATEMENT_TEXT);
  return Object.fromEntries(told.map(({ labels }) => [labels.queryid ?? '', labels.query ?? '']));
}

/** Rows of a view, those of several databases, users and schemas added up; of a view about the whole server, one at most. */
function rowsIn(samples: readonly PrometheusSample[]): (view: ViewName) => readonly Row[] {
  const rows = new Map<string, { readonly view: ViewName; readonly row: Record<string, Row[string]> }>();
  for (const { name, labels, value } of samples) {
    const { view, column } = columnOf(name) ?? {};
    if (view === undefined || column === undefined || !Number.isFinite(value)) continue;
    const about = VIEWS[view].about(labels);
    if (about === undefined) continue;
    const key = `${view} ${JSON.stringify(about)}`;
    const found = rows.get(key) ?? { view, row: { ...about } };
    rows.set(key, found);
    const before = numberOf(found.row, column);
    found.row[column] = column === 'longest' ? Math.max(before, value) : before + value;
  }
  const all = [...rows.values()];
  return (wanted) => all.filter(({ view }) => view === wanted).map(({ row }) => row);
}

function nobody(type: string): Row {
  return { state: 'active', type, sessions: 0 };
}

function most(rows: readonly Row[], by: (row: Row) => number, count: number): readonly Row[] {
  return rows.toSorted((a, b) => by(b) - by(a)).slice(0, count);
}
