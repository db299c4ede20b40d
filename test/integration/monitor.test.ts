import { createServer, type Server } from 'node:http';
import {
  type AddressInfo,
  connect as connectSocket,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../fixtures/platform/src/database/session.ts';
import { sourcesOf } from '../../plugins/artillery-plugin-verdict/monitor/sources-of.ts';
import { createSystemMonitor } from '../../plugins/artillery-plugin-verdict/monitor/system-monitor.ts';
import type { SystemRecord, SystemSeries, WatchedSystem } from '../../src/record/system/index.ts';
import { quantileOfSorted } from '../../src/stats/quantile.ts';
import { startNodeExporter, startPostgresExporter } from './platform/exporters.ts';
import { type RedisServer, startRedis } from './platform/redis-server.ts';
import { startTestDatabase, type TestDatabase } from './platform/test-database.ts';

// Everything that can be watched, as it really is: a service of our own, PostgreSQL, Redis and this very process.

let database: TestDatabase;
let redis: RedisServer;
let service: Server;
let requests = 0;

beforeAll(async () => {
  [database, redis] = await Promise.all([startTestDatabase(), startRedis()]);
  service = createServer((_request, response) => {
    requests += 7;
    response.end(`# TYPE jobs_total counter\njobs_total{kind="a"} ${requests}\nqueue_depth{queue="mail"} 3\nother 1\n`);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
}, 60_000);

afterAll(async () => {
  service.close();
  service.closeAllConnections();
  await redis.stop();
  await database.stop();
});

/** Watches until it is told to stop. */
async function watch(systems: readonly WatchedSystem[], during: (warnings: readonly string[]) => Promise<void>) {
  const warnings: string[] = [];
  const monitor = createSystemMonitor((line) => warnings.push(line));
  monitor.start(Date.now(), () => sourcesOf(systems));
  try {
    await during(warnings);
  } finally {
    monitor.stop();
  }
  const record = monitor.record();
  if (record === undefined) throw new Error('nothing was watched');
  return { record, warnings };
}

/** Does a piece of work again and again, for longer where a look came too late on a busy machine: then the next one is after five seconds. */
async function keepBusy(warnings: readonly string[], work: () => Promise<void>): Promise<void> {
  const from = performance.now();
  while (performance.now() < from + (warnings.length === 0 ? 5_500 : 12_500)) await work();
}

function find({ series }: SystemRecord, metric: string, labels: Record<string, string> = {}): SystemSeries | undefined {
  return series.find((each) => {
    return each.metric === metric && Object.entries(labels).every(([name, value]) => each.labels[name] === value);
  });
}

const known = (series: SystemSeries | undefined): number[] => (series?.values ?? []).filter((value) => value !== null);

const originOf = (server: TcpServer): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test('a service, PostgreSQL, Redis and a process are seen second by second', async () => {
  await database.sql.query('CREATE TABLE hot (id int PRIMARY KEY, n int); INSERT INTO hot VALUES (1, 0)');
  const cache = connectSocket(Number(new URL(redis.url).port), '127.0.0.1').resume();
  const blocked = await Promise.all([0, 1].map(() => connect(database.url)));
  const systems: WatchedSystem[] = [
    { name: 'Service', prometheus: `${originOf(service)}/metrics`, metrics: ['jobs_*', 'queue_depth'] },
    { name: 'Database', postgres: { url: database.url, shownAs: 'DATABASE_URL' } },
    { name: 'Cache', redis: { url: redis.url, shownAs: 'REDIS_URL' } },
    { name: 'This process', process: { kind: 'port', port: (service.address() as AddressInfo).port } },
  ];
  const { record, warnings } = await watch(systems, async () => {
    // One holds a row that the other waits for; rows are counted; a key is found and another is not.
    await blocked[0]?.query('BEGIN; UPDATE hot SET n = 1');
    const waiting = blocked[1]?.query('UPDATE hot SET n = 2');
    const until = performance.now() + 6_000;
    while (performance.now() < until) {
      await database.sql.query('SELECT count(*) FROM documents WHERE title = $1', ['not there']);
      cache.write('SET there 1\r\nGET there\r\nGET there\r\nGET there\r\nGET missing\r\n');
      await sleep(20);
    }
    await blocked[0]?.query('COMMIT');
    await waiting;
  });
  cache.destroy();
  for (const each of blocked) await each.end();

  expect(warnings).toEqual([]);
  for (const { looks } of record.sources) expect(looks).toBeGreaterThanOrEqual(3);
  expect(known(find(record, 'queue_depth', { queue: 'mail' })).every((value) => value === 3)).toBe(true);
  expect(find(record, 'other')).toBeUndefined();
  // Seven more at each look, of which there is one a second.
  expect(mean(known(find(record, 'jobs_total')))).toBeGreaterThan(3.5);
  expect(mean(known(find(record, 'jobs_total')))).toBeLessThan(10);

  expect(Math.max(...known(find(record, 'postgres.locks_waiting')))).toBe(1);
  expect(Math.max(...known(find(record, 'postgres.waits', { type: 'Lock' })))).toBe(1);
  expect(Math.max(...known(find(record, 'postgres.longest_transaction')))).toBeGreaterThan(1);
  expect(Math.max(...known(find(record, 'postgres.table_rows', { table: 'documents', by: 'scan' })))).toBeGreaterThan(
    2_000,
  );
  expect(Math.max(...known(find(record, 'postgres.table_live_rows', { table: 'documents' })))).toBeGreaterThanOrEqual(
    2_000,
  );
  const [statement] =
    Object.entries(record.texts).find(([, text]) => text.includes('FROM documents WHERE title = $1')) ?? [];
  expect(mean(known(find(record, 'postgres.statement_calls', { statement: statement ?? 'none' })))).toBeGreaterThan(1);
  expect(Object.values(record.texts).filter((text) => text.includes('proving-ground'))).toEqual([]);

  expect(mean(known(find(record, 'redis.hit_ratio')))).toBeCloseTo(75, 0);
  expect(mean(known(find(record, 'process.cpu')))).toBeGreaterThan(0);
  // The two are read one after the other, and were 0.3 s apart over six seconds once: hence not the mean.
  const [all, first] = ['process.cpu', 'process.main_thread'].map((metric) => middle(known(find(record, metric))));
  expect(first).toBeGreaterThan(0);
  // Times of all threads are told in ticks of 10 ms.
  expect(first).toBeLessThanOrEqual((all ?? 0) + 0.02);
  expect(mean(known(find(record, 'process.memory')))).toBeGreaterThan(50 * 1024 * 1024);
  expect(known(find(record, 'machine.cpu')).every((value) => value >= 0 && value <= 100)).toBe(true);
  expect(JSON.stringify(record)).not.toContain(new URL(database.url).password);
}, 30_000);

test('node_exporter tells of the machine what /proc tells', async () => {
  const exporter = await startNodeExporter();
  const systems: WatchedSystem[] = [
    { name: 'Elsewhere', prometheus: exporter.url },
    { name: 'This process', process: { kind: 'pid', pid: process.pid, withChildren: false } },
  ];
  const { record } = await watch(systems, (warnings) =>
    keepBusy(warnings, async () => {
      // Work, so that there is something to tell.
      let work = 0;
      for (let at = 0; at < 1e6; at += 1) work += Math.sqrt(at);
      await sleep(work > 0 ? 5 : 0);
    }),
  );
  await exporter.stop();
  const [there, here] = ['Elsewhere', 'This machine'].map((system) =>
    mean(known(record.series.find((each) => each.metric === 'machine.cpu' && each.system === system))),
  );
  // Both look once a second, at different moments.
  expect(there).toBeGreaterThan(10);
  expect(Math.abs((there ?? 0) - (here ?? 0))).toBeLessThan(20);
  expect(known(find(record, 'machine.processors'))).toContain(cpus().length);
  expect(find(record, 'node_cpu_seconds_total')).toBeUndefined();
  expect(find(record, 'node_load1')).toMatchObject({ resource: 'machine', aspect: 'saturation' });
}, 30_000);

test('postgres_exporter tells of PostgreSQL what it tells itself', async () => {
  const exporter = await startPostgresExporter(database.url);
  const idle = await connect(database.url);
  await idle.query('BEGIN; SELECT 1');
  const systems: WatchedSystem[] = [
    { name: 'Told', prometheus: exporter.url },
    { name: 'Asked', postgres: { url: database.url, shownAs: 'DATABASE_URL' } },
  ];
  const { record } = await watch(systems, (warnings) =>
    keepBusy(warnings, async () => {
      await database.sql.query('SELECT count(*) FROM documents WHERE title = $1', ['not there']);
      await sleep(20);
    }),
  );
  await idle.end();
  await exporter.stop();
  const of = (system: string) => ({ ...record, series: record.series.filter((each) => each.system === system) });
  const [told, asked] = [of('Told'), of('Asked')];
  const both = (metric: string, labels: Record<string, string>): number[] =>
    [told, asked].map((each) => mean(known(find(each, metric, labels))));
  const scan = { table: 'documents', by: 'scan' };
  // Looks of both are at different moments, and PostgreSQL writes its statistics down once a second.
  for (const [metric, labels] of [
    ['postgres.table_rows', scan],
    ['postgres.table_reads', scan],
    ['postgres.commits', {}],
  ] as const) {
    const [there = 0, here = 0] = both(metric, labels);
    expect(there).toBeGreaterThan(here / 2);
    expect(there).toBeLessThan(here * 2);
  }
  expect(both('postgres.table_live_rows', { table: 'documents' })).toEqual([2_000, 2_000]);
  expect(both('postgres.sessions', { state: 'idle in transaction' })).toEqual([1, 1]);
  for (const each of [told, asked]) {
    expect(Math.max(...known(find(each, 'postgres.longest_transaction')))).toBeGreaterThan(3);
    expect(Math.max(...known(find(each, 'postgres.connections_used')))).toBeGreaterThan(0);
  }
  // What it does not tell is not known, rather than nothing.
  expect(find(told, 'postgres.waits')).toBeUndefined();
  expect(told.series.filter(({ metric }) => /^(?:pg_settings|process|go)_/.test(metric))).toEqual([]);
}, 30_000);

test('an exporter that cannot reach what it tells of is said to be one', async () => {
  const exporter = createServer((_request, response) =>
    response.end('postgres_exporter_build_info{version="0.17"} 1\npg_up 0\n'),
  );
  await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
  const { warnings } = await watch([{ name: 'Told', prometheus: originOf(exporter) }], async (soFar) => {
    const until = performance.now() + 5_000;
    while (soFar.length === 0 && performance.now() < until) await sleep(50);
  });
  exporter.close();
  exporter.closeAllConnections();
  expect(warnings).toEqual([
    expect.stringMatching(/^Told \(http.*\) could not be reached: it cannot reach what it tells of \(pg_up is 0\);/),
  ]);
}, 30_000);

test('what cannot be reached is one warning each, without passwords, and the rest is seen', async () => {
  const refused: WatchedSystem[] = [
    { name: 'No service', prometheus: 'http://127.0.0.1:1/metrics' },
    { name: 'No metrics', prometheus: `${originOf(service)}/`, metrics: ['nothing_like_this'] },
    {
      name: 'No database',
      postgres: { url: 'postgres://someone:hidden-word@127.0.0.1:1/db', shownAs: 'DATABASE_URL' },
    },
    { name: 'Wrong password', postgres: { url: withPassword(database.url, 'hidden-word'), shownAs: 'OTHER_URL' } },
    { name: 'No cache', redis: { url: 'redis://:hidden-word@127.0.0.1:1', shownAs: 'REDIS_URL' } },
    { name: 'Not set', redis: { url: undefined, shownAs: 'CACHE_URL' } },
    { name: 'No process', process: { kind: 'port', port: 1 } },
  ];
  const { record, warnings } = await watch(
    [...refused, { name: 'Service', prometheus: originOf(service) }],
    async (soFar) => {
      const until = performance.now() + 10_000;
      while (soFar.length < refused.length && performance.now() < until) await sleep(50);
      await sleep(1_500);
    },
  );
  expect(warnings.map((line) => line.replace(/ \(.*$/, '')).toSorted()).toEqual(
    refused.map(({ name }) => name).toSorted(),
  );
  expect(warnings.find((line) => line.startsWith('Not set'))).toMatch(
    /CACHE_URL is not set; the run goes on without it/,
  );
  expect(JSON.stringify([warnings, record])).not.toContain('hidden-word');
  expect(record.series.some(({ system }) => system === 'Service')).toBe(true);
}, 30_000);

test('what answers late is seen, and what does not answer at all is said to be so', async () => {
  const late = createServer((_request, response) => setTimeout(() => response.end('queue_depth 3\n'), 1_200));
  const never = createTcpServer();
  await Promise.all([late, never].map((each) => new Promise<void>((resolve) => each.listen(0, '127.0.0.1', resolve))));
  const silent = originOf(never).replace('http:', '');
  const systems: WatchedSystem[] = [
    { name: 'Late', prometheus: originOf(late) },
    { name: 'Metrics', prometheus: `http:${silent}` },
    { name: 'Database', postgres: { url: `postgres:${silent}/db`, shownAs: 'DATABASE_URL' } },
    { name: 'Cache', redis: { url: `redis:${silent}`, shownAs: 'REDIS_URL' } },
  ];
  const { record, warnings } = await watch(systems, async (soFar) => {
    const until = performance.now() + 15_000;
    while (soFar.length < 3 && performance.now() < until) await sleep(50);
  });
  late.close();
  late.closeAllConnections();
  never.close();
  expect(warnings.map((line) => line.replace(/ \(.*?\)/, '')).toSorted()).toEqual(
    ['Cache', 'Database', 'Metrics'].map(
      (name) => `${name} could not be reached: no answer within 3 s; the run goes on without it`,
    ),
  );
  expect(known(find(record, 'queue_depth'))).toContain(3);
}, 30_000);

test('a Redis that is away for a while is seen again', async () => {
  const { record, warnings } = await watch(
    [{ name: 'Cache', redis: { url: redis.url, shownAs: 'REDIS_URL' } }],
    async (soFar) => {
      await sleep(1_200);
      await redis.stop();
      const until = performance.now() + 10_000;
      while (soFar.length === 0 && performance.now() < until) await sleep(50);
      await redis.start();
      await sleep(6_500);
    },
  );
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/did not answer any more/);
  const clients = find(record, 'redis.clients')?.values ?? [];
  const gap = clients.indexOf(null);
  expect(gap).toBeGreaterThan(-1);
  expect(clients.slice(gap).some((value) => value !== null)).toBe(true);
}, 40_000);

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length;
}

function middle(values: readonly number[]): number {
  return quantileOfSorted(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

function withPassword(url: string, password: string): string {
  const changed = new URL(url);
  changed.password = password;
  return changed.href;
}
