import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, startCluster } from '../../fixtures/platform/src/database/cluster.ts';
import { connect } from '../../fixtures/platform/src/database/session.ts';
import type { FaultName } from '../../fixtures/platform/src/faults/fault-names.ts';
import { startPlatform } from '../../fixtures/platform/src/platform.ts';
import { parseSettings } from '../../fixtures/platform/src/settings.ts';
import { type Client, createClient } from './platform/client.ts';
import { expectProblem } from './platform/problem.ts';

// Enough for the planner to prefer an index: a smaller table is read as fast as a whole.
const DOCUMENTS = 5_000;

let directory: string;
let cluster: Cluster;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'platform-faults-'));
  cluster = await startCluster({ dataDirectory: directory, log: () => undefined });
});

afterAll(async () => {
  await cluster.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** A platform as a test looks at it. */
interface Looked extends Client {
  readonly token: string;
  /** What it said when it started. */
  readonly lines: readonly string[];
  get(path: string): ReturnType<Client['request']>;
  /** The first value of the first row that a statement of the test's own gives. */
  sql<T>(text: string): Promise<T>;
  /** The value of a metric, of which the pattern has the labels. */
  metric(pattern: RegExp): Promise<number>;
}

/** Starts the platform with a fault, or without, on the same cluster, and stops it. */
async function withPlatform<T>(
  fault: `${FaultName}:${1 | 2 | 3}` | '',
  look: (looked: Looked) => Promise<T>,
): Promise<T> {
  const lines: string[] = [];
  const settings = parseSettings({
    ...{ PORT: '0', LOG_LEVEL: 'silent', SIGNIN_LIMIT: '1000', DOCUMENTS: String(DOCUMENTS) },
    ...{ DATABASE_URL: cluster.url, FAULT: fault },
  });
  const platform = await startPlatform(settings, { log: (line) => lines.push(line) });
  const sqlClient = await connect(`${cluster.url}?options=-c%20search_path%3Dplatform`);
  try {
    const client = createClient(platform.url);
    const { accessToken: token } = await client.signIn('lead');
    return await look({
      ...client,
      ...{ token, lines },
      get: (path) => client.request('GET', path, { token }),
      sql: async (text) => Object.values((await sqlClient.query(text)).rows[0] ?? {})[0] as never,
      metric: async (pattern) => Number(pattern.exec((await client.request('GET', '/metrics')).body)?.[1]),
    });
  } finally {
    await sqlClient.end();
    await platform.stop();
  }
}

function timingOf({ headers }: Awaited<ReturnType<Looked['get']>>, part: string): number {
  return Number(new RegExp(`(?:^|, )${part};dur=([\\d.]+)`).exec(headers.get('server-timing') ?? '')?.[1] ?? 0);
}

function inParallel<T>(count: number, ask: (at: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => ask(at)));
}

/** Everything that faults change in a database. */
async function stateOf({ sql }: Looked): Promise<unknown> {
  return [
    await sql(`SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'platform'`),
    await sql(`SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
               WHERE relnamespace = 'platform'::regnamespace AND relkind IN ('r', 'v')`),
    await sql(`SELECT coalesce(string_agg(relname || array_to_string(reloptions, ','), ' '), '') FROM pg_class
               WHERE relnamespace = 'platform'::regnamespace AND reloptions IS NOT NULL`),
    await sql(`SELECT count(*)::int FROM documents`),
    await sql(`SELECT obj_description('documents'::regclass)`),
    // With or without a bitmap is a matter of the rows that ANALYZE happens to draw.
    (await planNode(sql, TWO_DAYS)) === 'Seq Scan' ? 'reads all documents' : 'reads by an index',
  ];
}

/** How the planner reads the table of a statement. */
async function planNode(sql: Looked['sql'], statement: string): Promise<string> {
  const explained = await sql<readonly { Plan: { 'Node Type': string } }[]>(`EXPLAIN (FORMAT JSON) ${statement}`);
  return JSON.stringify(explained).match(/"Node Type":"([\w ]*Scan)"/)?.[1] ?? '';
}

const TWO_DAYS = `SELECT source, count(*) FROM documents
  WHERE published_at >= '2026-06-29T00:00:00Z' AND published_at < '2026-07-01T00:00:00Z' GROUP BY source`;

let healthy: unknown;

test('a healthy platform tells of its pool, its cache, its queues and its process', async () => {
  await withPlatform('', async (looked) => {
    const { get, metric, lines } = looked;
    await get('/dashboard');
    await get('/alerts/1');
    expect(lines).toEqual([]);
    expect(await metric(/pg_pool_connections\{pool="http",state="max"\} (\d+)/)).toBe(10);
    expect(await metric(/pg_pool_connections\{pool="http",state="used"\} (\d+)/)).toBe(0);
    expect(await metric(/cache_requests_total\{namespace="dashboard",result="miss"\} (\d+)/)).toBe(1);
    for (const name of [
      'queue_depth',
      'queue_lag_seconds',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_heap_size_used_bytes',
    ]) {
      expect([name, Number.isFinite(await metric(new RegExp(`^${name}(?:\\{.*\\})? ([\\d.e-]+)$`, 'm')))]).toEqual([
        name,
        true,
      ]);
    }
    healthy = await stateOf(looked);
  });
});

test('missing-index: documents are found by reading all of them', async () => {
  const [byId, byWord] = await withPlatform('missing-index:3', async ({ get, sql, lines }) => {
    expect(lines).toEqual([expect.stringMatching(/^FAULT is on: missing-index \(severity 3 of 3\)/)]);
    expect((await get('/documents/7')).body.id).toBe(7);
    expect((await get('/search?q=firewall')).body.total).toBeGreaterThan(0);
    return [
      await planNode(sql, 'SELECT * FROM documents WHERE id = 7'),
      await planNode(sql, "SELECT id FROM documents WHERE search @@ 'zeppelin'"),
    ];
  });
  expect([byId, byWord]).toEqual(['Seq Scan', 'Seq Scan']);
});

test('stale-statistics: two days seem to be all documents, and are read as if they were', async () => {
  await withPlatform('stale-statistics:2', async ({ get, sql }) => {
    expect(await planNode(sql, TWO_DAYS)).toBe('Seq Scan');
    expect(
      await sql(`SELECT n_mod_since_analyze > n_live_tup / 2 FROM pg_stat_user_tables WHERE relname = 'documents'`),
    ).toBe(true);
    expect((await get('/analytics/heatmap')).body.cells.length).toBeGreaterThan(0);
    expect(await sql('SELECT count(*)::int FROM documents')).toBe(DOCUMENTS);
  });
});

test('without a fault everything is as it was before, also the plan', async () => {
  await withPlatform('', async (looked) => {
    expect(looked.lines).toEqual([expect.stringContaining('FAULT had loaded it in another order')]);
    expect(await stateOf(looked)).toEqual(healthy);
    expect(await planNode(looked.sql, TWO_DAYS)).not.toBe('Seq Scan');
  });
});

test('n-plus-one: one page of alerts is two hundred queries more', async () => {
  await withPlatform('n-plus-one:2', async ({ get, metric }) => {
    const { body } = await get('/alerts');
    expect(body.items).toHaveLength(25);
    expect(await metric(/pg_query_duration_seconds_count\{query="alert-before"\} (\d+)/)).toBe(200);
  });
});

test('pool-too-small: requests wait for the only connection', async () => {
  await withPlatform('pool-too-small:3', async ({ get, metric }) => {
    const answers = await inParallel(20, (at) => get(`/search?q=firewall&page=${at + 1}`));
    expect(Math.max(...answers.map((answer) => timingOf(answer, 'pool')))).toBeGreaterThan(5);
    expect(await metric(/pg_pool_connections\{pool="http",state="max"\} (\d+)/)).toBe(1);
  });
});

test('connection-leak: connections in use grow, and none of them works; the platform can still be stopped', async () => {
  await withPlatform('connection-leak:3', async ({ get, metric, sql }) => {
    for (let request = 0; request < 32; request += 1) await get('/threats?limit=1');
    expect(await metric(/pg_pool_connections\{pool="http",state="used"\} (\d+)/)).toBe(4);
    const idle = `SELECT count(*)::int FROM pg_stat_activity WHERE state = 'idle in transaction'`;
    expect(await sql(idle)).toBe(4);
  });
});

test('lock-contention: transactions wait for one row, and the table is taken away afterwards', async () => {
  const waited = await withPlatform('lock-contention:3', async ({ get, sql }) => {
    let isOver = false;
    const asked = inParallel(40, () => get('/threats?limit=1')).finally(() => {
      isOver = true;
    });
    let most = 0;
    while (!isOver) {
      most = Math.max(
        most,
        await sql<number>(`SELECT count(*)::int FROM pg_stat_activity WHERE wait_event_type = 'Lock'`),
      );
    }
    await asked;
    return most;
  });
  expect(waited).toBeGreaterThan(1);
  await withPlatform('', async (looked) => {
    expect(looked.lines).toEqual(['putting right what FAULT has left: a table is taken away']);
    expect(await stateOf(looked)).toEqual(healthy);
  });
});

test('slow-downstream: opening an alert waits for another service', async () => {
  await withPlatform('slow-downstream:1', async ({ get, metric }) => {
    const answer = await get('/alerts/1');
    expect(answer.body.reputation).toEqual(expect.any(Number));
    expect(timingOf(answer, 'reputation')).toBeGreaterThanOrEqual(95);
    expect(timingOf(await get('/alerts'), 'reputation')).toBe(0);
    expect(
      await metric(/http_client_request_duration_seconds_sum\{service="reputation",outcome="answer"\} ([\d.]+)/),
    ).toBeGreaterThan(0.095);
  });
});

test('blocked-event-loop: while a checksum is computed, nothing else is answered', async () => {
  await withPlatform('blocked-event-loop:3', async ({ get, request }) => {
    const started = performance.now();
    const [document] = await Promise.all([get('/documents/7'), request('GET', '/health')]);
    const alone = timingOf(document, 'total') - timingOf(document, 'db');
    expect(document.headers.get('etag')).toMatch(/^"[\w-]{43}"$/);
    expect(alone).toBeGreaterThan(20);
    expect(performance.now() - started).toBeGreaterThan(20);
  });
});

test('oversized-payload: the list does not end with its page', async () => {
  await withPlatform('oversized-payload:2', async ({ get }) => {
    const { body } = await get('/alerts?limit=10&status=open');
    expect(body.items).toHaveLength(5_000);
    expect(JSON.stringify(body).length).toBeGreaterThan(500_000);
  });
});

test('cache-disabled: every look-up is a miss', async () => {
  await withPlatform('cache-disabled:1', async ({ get, metric }) => {
    for (let request = 0; request < 3; request += 1) await get('/search?q=firewall');
    expect(await metric(/cache_requests_total\{namespace="search",result="miss"\} (\d+)/)).toBe(3);
    expect(await metric(/cache_requests_total\{namespace="search",result="hit"\} (\d+)/)).toBe(0);
  });
});

test('cache-stampede: when the entry has expired, all who find it gone compute it', async () => {
  await withPlatform('cache-stampede:3', async ({ get, metric }) => {
    const misses = (): Promise<number> =>
      metric(/cache_requests_total\{namespace="threat-level",result="miss"\} (\d+)/);
    // The sign-in has put it there.
    expect(await misses()).toBe(1);
    await inParallel(8, () => get('/threats?limit=1'));
    expect(await misses()).toBe(1);
    await sleep(3_100);
    await inParallel(8, () => get('/threats?limit=1'));
    expect(await misses()).toBeGreaterThan(4);
  });
});

test('memory-leak: the heap grows with every request', async () => {
  await withPlatform('memory-leak:3', async ({ get }) => {
    // In this process: the platform runs in it.
    const before = process.memoryUsage().heapUsed;
    for (let request = 0; request < 100; request += 1) await get('/threats?limit=1');
    expect(process.memoryUsage().heapUsed - before).toBeGreaterThan(40e6);
  });
});

test('slow-consumer: batches wait, and the oldest gets older', async () => {
  await withPlatform('slow-consumer:3', async ({ request, token, metric }) => {
    const event = {
      source: 'edr',
      kind: 'process.start',
      severity: 1,
      host: 'ws-1',
      message: 'x',
      occurredAt: new Date().toISOString(),
    };
    const statuses = await inParallel(
      10,
      async () => (await request('POST', '/events', { token, json: event })).status,
    );
    expect(statuses).toEqual(statuses.map(() => 202));
    await sleep(1_100);
    expect(await metric(/queue_depth\{queue="correlate"\} (\d+)/)).toBeGreaterThanOrEqual(8);
    expect(await metric(/queue_lag_seconds\{queue="correlate"\} ([\d.]+)/)).toBeGreaterThan(0.9);
  });
});

test('tight-rate-limit: what comes too fast is refused, and metrics are not', async () => {
  await withPlatform('tight-rate-limit:3', async ({ get, request }) => {
    const answers = await inParallel(20, () => get('/threats?limit=1'));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    for (const answer of refused) expectProblem(answer, 429, 'too-many-requests');
    expect((await request('GET', '/metrics')).status).toBe(200);
  });
});

test('an index that a fault took away is made again', async () => {
  await withPlatform('missing-index:2', async () => undefined);
  await withPlatform('', async (looked) => {
    expect(looked.lines).toEqual(['putting right what FAULT has left: indexes are made again']);
    expect(await stateOf(looked)).toEqual(healthy);
  });
});
