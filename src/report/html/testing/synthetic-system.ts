import type { RunRecord } from '../../../record/index.ts';
import type { SystemRecord, SystemSeries } from '../../../record/system/index.ts';
import type { ReportSamples } from '../aggregate/report-samples.ts';

/** How many requests at once the pool of the synthetic system has connections for. */
const POOL_SIZE = 4;

/**
 * What would have been seen of the system of a synthetic run: an API whose pool of connections is too small, and its database.
 *
 * @param names of the API and of the database.
 */
export function syntheticSystem(
  { startedAt, phases }: RunRecord,
  samples: ReportSamples,
  [api, database]: readonly [string, string],
): SystemRecord {
  const startMs = Date.parse(phases[0]?.startedAt ?? startedAt);
  const present = requestsPresent(samples, startMs);
  const of = (system: string, kind: SystemSeries['kind'], metric: string, more: Partial<SystemSeries>) =>
    ({ system, kind, metric, labels: {}, figure: 'value', unit: '', values: [], ...more }) satisfies SystemSeries;
  const idle = present.map((count) => Math.max(0, POOL_SIZE - count));
  const waiting = present.map((count) => Math.max(0, count - POOL_SIZE));
  const pool = { resource: 'pool', labels: { pool: 'main' } };
  return {
    ...{ schema: 'proving-ground/system', version: 1, startedAt: new Date(startMs).toISOString(), stepSeconds: 1 },
    sources: [
      { system: api, kind: 'prometheus', where: 'http://127.0.0.1:4600/metrics', looks: 360, missed: 0, lookMs: 4.2 },
      { system: database, kind: 'postgres', where: '127.0.0.1:5432/platform', looks: 351, missed: 9, lookMs: 2.1 },
      {
        ...{ system: database, kind: 'process', where: 'postgres', looks: 0, missed: 0 },
        warning: 'no process of that name can be seen from here',
      },
    ],
    texts: { '42': 'SELECT id, title FROM documents WHERE body @@ to_tsquery($1) ORDER BY rank DESC LIMIT 20' },
    series: [
      of(api, 'prometheus', 'process_cpu_seconds_total', {
        ...{ figure: 'rate', unit: 's/s', resource: 'processor', aspect: 'utilisation' },
        values: present.map((count) => Math.min(1, 0.1 + count / 60)),
      }),
      of(api, 'prometheus', 'nodejs_eventloop_lag_p99_seconds', {
        ...{ unit: 's', resource: 'event loop', aspect: 'saturation' },
        values: present.map((count, at) => (at % 50 === 7 ? null : 0.004 + count / 20_000)),
      }),
      of(api, 'prometheus', 'pg_pool_connections', {
        ...pool,
        ...{ labels: { pool: 'main', state: 'total' }, aspect: 'utilisation', values: present.map(() => POOL_SIZE) },
      }),
      of(api, 'prometheus', 'pg_pool_connections', {
        ...pool,
        ...{ labels: { pool: 'main', state: 'idle' }, aspect: 'utilisation', values: idle },
      }),
      of(api, 'prometheus', 'pg_pool_waiting', { ...pool, aspect: 'saturation', values: waiting }),
      of(database, 'postgres', 'postgres.waits', {
        ...{ labels: { type: 'Client' }, resource: 'waits', aspect: 'saturation', values: present.map(() => 0) },
      }),
      of(database, 'postgres', 'postgres.statement_time', {
        ...{ labels: { statement: '42' }, figure: 'rate', unit: 's/s', resource: 'statement', aspect: 'utilisation' },
        values: present.map((count) => Math.min(POOL_SIZE, count) / 10),
      }),
    ],
  };
}

/** Requests under way in the middle of each second. */
function requestsPresent({ count, due, lastByte }: ReportSamples, startMs: number): number[] {
  const seconds = Math.ceil(((due.at(-1) ?? startMs) - startMs) / 1000);
  const present = Array.from({ length: Math.max(0, seconds) }, () => 0);
  for (let row = 0; row < count; row += 1) {
    const from = ((due[row] ?? 0) - startMs) / 1000 - 0.5;
    const to = from + (lastByte[row] ?? 0) / 1e6;
    for (let at = Math.max(0, Math.ceil(from)); at < Math.min(to, seconds); at += 1)
      present[at] = (present[at] ?? 0) + 1;
  }
  return present;
}
