/** In every question of ours: by this they are told from the service's own in pg_stat_statements. */
export const MARK = '/* proving-ground */';

/** Sessions of the service in this database, by what they do and what they wait for. */
export const SESSIONS = `SELECT ${MARK}
  coalesce(state, 'unknown') AS state, coalesce(wait_event_type, '') AS type, coalesce(wait_event, '') AS event,
  count(*)::int AS sessions,
  coalesce(extract(epoch FROM max(clock_timestamp() - xact_start)), 0)::float8 AS longest
FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
GROUP BY 1, 2, 3`;

/** This database, since its statistics began. */
export const DATABASE = `SELECT ${MARK}
  xact_commit::float8 AS commits, xact_rollback::float8 AS rollbacks,
  blks_read::float8 AS blocks_read, blks_hit::float8 AS blocks_hit,
  tup_inserted::float8 AS inserted, tup_updated::float8 AS updated, tup_deleted::float8 AS deleted,
  temp_bytes::float8 AS temporary_bytes, deadlocks::float8 AS deadlocks, blk_read_time::float8 AS read_ms
FROM pg_stat_database WHERE datname = current_database()`;

/** Locks that somebody waits for, by their kind. */
export const LOCKS = `SELECT ${MARK} locktype AS type, count(*)::int AS waiting FROM pg_locks WHERE NOT granted GROUP BY 1`;

/** The tables that are read most. A table that grows while its statistics stand still is one with stale statistics. */
export const TABLES = `SELECT ${MARK}
  relname AS name, seq_scan::float8 AS scans, seq_tup_read::float8 AS rows_scanned,
  coalesce(idx_scan, 0)::float8 AS look_ups, coalesce(idx_tup_fetch, 0)::float8 AS rows_looked_up,
  n_live_tup::float8 AS live_rows, n_dead_tup::float8 AS dead_rows, n_mod_since_analyze::float8 AS changed_rows
FROM pg_stat_user_tables ORDER BY seq_tup_read + coalesce(idx_tup_fetch, 0) DESC LIMIT 20`;

/** Checkpoints and what they wrote; their view was another one before version 17. */
export function checkpointsQuery(version: number): string {
  return version >= 170_000
    ? `SELECT ${MARK} (num_timed + num_requested)::float8 AS checkpoints, buffers_written::float8 AS buffers FROM pg_stat_checkpointer`
    : `SELECT ${MARK} (checkpoints_timed + checkpoints_req)::float8 AS checkpoints, buffers_checkpoint::float8 AS buffers FROM pg_stat_bgwriter`;
}

/**
 * Statements without their texts, which lie in a file and would be read each time.
 *
 * @param schema of the extension, quoted.
 */
export function statementsQuery(schema: string): string {
  return `SELECT ${MARK}
  queryid::text AS id, sum(calls)::float8 AS calls, sum(total_exec_time)::float8 AS ms, sum(rows)::float8 AS rows,
  sum(shared_blks_hit)::float8 AS blocks_hit, sum(shared_blks_read)::float8 AS blocks_read
FROM ${schema}.pg_stat_statements(false)
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND queryid IS NOT NULL
GROUP BY queryid`;
}

/** Texts of the statements of one parameter, a list of their numbers. */
export function textsQuery(schema: string): string {
  return `SELECT ${MARK} DISTINCT ON (queryid) queryid::text AS id, left(query, 2000) AS text
FROM ${schema}.pg_stat_statements WHERE queryid = ANY($1::bigint[])`;
}

/** What does not change: version, limit of connections, where statements are counted (null: nowhere). */
export const FACTS = `SELECT ${MARK}
  current_setting('server_version_num')::int AS version, current_setting('max_connections')::int AS connections,
  (SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
   WHERE extname = 'pg_stat_statements') AS statements_schema`;
