import { expect, test } from 'vitest';
import { statementTextsIn } from './postgres-exporter-readings.ts';
import { prometheusReadings } from './prometheus-readings.ts';
import { parsePrometheusText } from './prometheus-text.ts';
import type { Reading } from './reading.ts';

/** Two databases, as postgres_exporter 0.11 tells them; sessions without what they wait for. */
const OLD = `
# TYPE pg_stat_activity_count gauge
pg_stat_activity_count{datname="shop",server="db",state="active"} 3
pg_stat_activity_count{datname="shop",server="db",state="idle in transaction"} 2
pg_stat_activity_count{datname="other",server="db",state="active"} 1
pg_stat_activity_max_tx_duration{datname="shop",server="db",state="active"} 0.5
pg_stat_activity_max_tx_duration{datname="other",server="db",state="active"} 4
# TYPE pg_stat_database_xact_commit counter
pg_stat_database_xact_commit{datid="5",datname="shop",server="db"} 100
pg_stat_database_xact_commit{datid="6",datname="other",server="db"} 11
pg_stat_database_blks_hit{datid="5",datname="shop",server="db"} 90
pg_stat_database_blks_read{datid="5",datname="shop",server="db"} 10
pg_settings_max_connections{server="db"} 60
pg_settings_work_mem_bytes{server="db"} 4096
pg_locks_count{datname="shop",mode="exclusivelock",server="db"} 7
postgres_exporter_build_info{version="0.11.1"} 1
process_resident_memory_bytes 11337728
go_goroutines 13
`;

/** As its later versions tell more. */
const NEW = `
pg_stat_activity_count{datname="shop",state="active",backend_type="client backend",wait_event_type="Lock",wait_event="tuple"} 3
pg_stat_activity_count{datname="shop",state="active",backend_type="client backend",wait_event_type="",wait_event=""} 1
pg_stat_activity_count{datname="shop",state="active",backend_type="parallel worker",wait_event_type="",wait_event=""} 1
pg_stat_activity_count{datname="",state="",backend_type="checkpointer",wait_event_type="Activity",wait_event="CheckpointerMain"} 1
# TYPE pg_stat_user_tables_seq_tup_read counter
pg_stat_user_tables_seq_tup_read{datname="shop",schemaname="public",relname="orders"} 5000
pg_stat_user_tables_seq_scan{datname="shop",schemaname="public",relname="orders"} 5
pg_stat_user_tables_idx_tup_fetch{datname="shop",schemaname="public",relname="orders"} 40
pg_stat_user_tables_n_live_tup{datname="shop",schemaname="public",relname="orders"} 1000
pg_stat_checkpointer_num_timed_total 2
pg_stat_checkpointer_num_requested_total 1
pg_stat_checkpointer_buffers_written_total 800
pg_stat_bgwriter_buffers_alloc_total 9
pg_stat_statements_calls_total{user="a",datname="shop",queryid="17"} 4
pg_stat_statements_calls_total{user="b",datname="shop",queryid="17"} 6
pg_stat_statements_seconds_total{user="a",datname="shop",queryid="17"} 0.5
pg_stat_statements_rows_total{user="a",datname="shop",queryid="17"} 20
pg_stat_statements_query_id{queryid="17",query="SELECT * FROM orders WHERE id = $1"} 1
`;

const readingsOf = (text: string): Reading[] => prometheusReadings(parsePrometheusText(text));

/** `metric label label`: number or numbers. */
function told(text: string): Record<string, unknown> {
  return Object.fromEntries(
    readingsOf(text).map((reading) => {
      const name = [reading.metric, ...Object.values(reading.labels)].join(' ');
      if (reading.kind === 'ratio') return [name, [reading.part, reading.whole]];
      return [name, reading.kind === 'buckets' ? reading.counts : reading.value];
    }),
  );
}

test('what postgres_exporter tells has the names of a PostgreSQL that is asked itself, all databases together', () => {
  expect(told(OLD)).toMatchObject({
    'postgres.sessions active': 4,
    'postgres.sessions idle in transaction': 2,
    'postgres.connections_used': 10,
    'postgres.longest_transaction': 4,
    'postgres.commits': 111,
    'postgres.cache_hit_ratio': [90, 100],
    'pg_locks_count shop exclusivelock db': 7,
  });
});

test('settings, and what an exporter tells of itself, are no series', () => {
  const names = readingsOf(OLD).map(({ metric }) => metric);
  expect(names.filter((name) => /^(?:pg_settings|pg_stat|process|go)_/.test(name))).toEqual([]);
});

test('of an exporter that tells no waits none are known; of one that does, those that nobody is in are 0', () => {
  expect(readingsOf(OLD).some(({ metric }) => metric === 'postgres.waits')).toBe(false);
  expect(told(NEW)).toMatchObject({
    'postgres.sessions active': 4,
    'postgres.waits Lock': 3,
    'postgres.waits CPU': 1,
    'postgres.waits IO': 0,
  });
});

test('tables, checkpoints and statements are told where the exporter tells them; blocks of statements never', () => {
  const all = told(NEW);
  expect(all).toMatchObject({
    'postgres.table_rows orders scan': 5000,
    'postgres.table_reads orders scan': 5,
    'postgres.table_rows orders index': 40,
    'postgres.table_live_rows orders': 1000,
    'postgres.checkpoints': 3,
    'postgres.checkpoint_buffers': 800,
    'postgres.statement_calls 17': 10,
    'postgres.statement_time 17': 0.5,
    'postgres.statement_mean 17': [500, 10],
    'postgres.statement_rows 17': [20, 10],
  });
  expect(all).not.toHaveProperty('postgres.statement_blocks 17');
  expect(told(OLD)).not.toHaveProperty('postgres.checkpoints');
  expect(statementTextsIn(parsePrometheusText(NEW).samples)).toEqual({ '17': 'SELECT * FROM orders WHERE id = $1' });
});

test('a service that tells of itself keeps its own processor and memory', () => {
  expect(readingsOf('process_resident_memory_bytes 5').map(({ metric }) => metric)).toEqual([
    'process_resident_memory_bytes',
  ]);
});

test('of many tables those are kept that are read most', () => {
  const lines = Array.from({ length: 50 }, (_, id) => `pg_stat_user_tables_seq_tup_read{relname="t${id}"} ${id}`);
  const names = readingsOf(lines.join('\n')).flatMap(({ labels }) => labels.table ?? []);
  expect(new Set(names)).toEqual(new Set(Array.from({ length: 20 }, (_, index) => `t${30 + index}`)));
});
