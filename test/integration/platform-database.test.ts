import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Cluster, startCluster } from '../../fixtures/platform/src/database/cluster.ts';
import { prepareDatabase } from '../../fixtures/platform/src/database/prepare.ts';
import { connect, openSession, type Session } from '../../fixtures/platform/src/database/session.ts';
import { FIXTURE_PATHS } from '../../fixtures/platform/src/seed/fixture-files.ts';

// Several starts of PostgreSQL in one test, on a machine that may be busy with others.

const DOCUMENTS = 2_000;
const directory = mkdtempSync(join(tmpdir(), 'platform-database-'));
let cluster: Cluster;
let session: Session | undefined;

beforeAll(async () => {
  cluster = await startCluster({ dataDirectory: directory, log: () => undefined });
});

afterEach(async () => {
  await session?.close();
  session = undefined;
});

afterAll(async () => {
  await cluster.stop();
  rmSync(directory, { recursive: true, force: true });
});

interface Preparation {
  readonly lines: string[];
  readonly steps: string[];
}

/** What a start of the platform does with its database. */
async function prepare(documents = DOCUMENTS, onStep: (step: string) => void = () => undefined): Promise<Preparation> {
  const [lines, steps]: [string[], string[]] = [[], []];
  session = await openSession(cluster.url);
  await prepareDatabase(
    session,
    { documents, faults: [] },
    {
      log: (line) => lines.push(line),
      step: (step) => {
        steps.push(step);
        onStep(step);
      },
    },
  );
  return { lines, steps: [...new Set(steps)] };
}

async function rows(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const answer = await session?.client.query(text, values);
  return answer?.rows ?? [];
}

async function count(table: string): Promise<number> {
  return Number((await rows(`SELECT count(*) FROM ${table}`))[0]?.count);
}

/** Of everything that a run may change. */
async function fingerprint(): Promise<unknown> {
  return await rows(`SELECT
    (SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM users u) AS users,
    (SELECT md5(string_agg(a::text, '|' ORDER BY id)) FROM alerts a) AS alerts,
    (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM reports) AS reports,
    (SELECT count(*) FROM refresh_tokens) AS tokens`);
}

test('an empty database gets the documented rows, and a plan for them', async () => {
  const { lines } = await prepare();
  expect(lines).toEqual([]);
  expect(await count('documents')).toBe(DOCUMENTS);
  expect(await count('threats')).toBe(5_000);
  expect(await count('alerts')).toBe(20_000);
  expect(await rows('SELECT role, count(*)::int FROM users GROUP BY role ORDER BY count DESC')).toEqual([
    { role: 'analyst', count: 440 },
    { role: 'lead', count: 50 },
    { role: 'admin', count: 10 },
  ]);
  expect(
    await rows(`SELECT 1 FROM pg_indexes WHERE schemaname = 'platform' AND indexname = 'documents_search'`),
  ).toHaveLength(1);
  expect((await rows(`SELECT reltuples FROM pg_class WHERE relname = 'documents'`))[0]?.reltuples).toBe(DOCUMENTS);
});

test('the common search terms of every kind find documents', async () => {
  await prepare();
  const terms = readFileSync(FIXTURE_PATHS.searchTerms, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const kinds = [...new Set(terms.map(([, , kind]) => kind))];
  expect(kinds.length).toBeGreaterThanOrEqual(10);
  for (const kind of kinds) {
    for (const [term] of terms.filter(([, , other]) => other === kind).slice(0, 5)) {
      const query = kind === 'phrase' ? `"${term}"` : term;
      const found = await rows(`SELECT id FROM documents WHERE search @@ websearch_to_tsquery('simple', $1)`, [query]);
      expect({ term, isFound: found.length > 0 }).toEqual({ term, isFound: true });
    }
  }
});

test('a complete database is kept: no document is loaded again', async () => {
  await prepare();
  const before = await rows('SELECT seeded_at FROM seed_state');
  await session?.close();
  const { lines, steps } = await prepare();
  expect(lines).toEqual([]);
  expect(steps).toEqual(['schema', 'run data', 'warm-up']);
  expect(await rows('SELECT seeded_at FROM seed_state')).toEqual(before);
});

test('after a restart, the tables and indexes are in memory before the first request', async () => {
  await prepare();
  await session?.close();
  await cluster.stop();
  cluster = await startCluster({ dataDirectory: directory, log: () => undefined });
  await prepare();
  const explained = await rows(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT sum(length(body)), sum(length(search)) FROM documents`,
  );
  const plans = explained[0]?.['QUERY PLAN'] as { Plan: Record<string, number> }[];
  const blocks = plans[0]?.Plan ?? {};
  expect(blocks['Shared Hit Blocks']).toBeGreaterThan(100);
  expect(blocks['Shared Read Blocks']).toBe(0);
});

test.each(['documents', 'indexes', 'run data'])(
  'a start that ended during "%s" is noticed by the next one',
  async (last) => {
    // Another number of documents, so that there is something to load.
    const wanted = DOCUMENTS + last.length;
    const interrupt = (step: string): void => {
      if (step === last) throw new Error('killed');
    };
    await expect(prepare(wanted, interrupt)).rejects.toThrow('killed');
    await session?.close();
    const { lines } = await prepare(wanted);
    expect(lines).toEqual(['rebuilding the data: an earlier start was interrupted while it was seeded']);
    expect(await count('documents')).toBe(wanted);
  },
);

test('another number of documents, or another version of them, is a reason to load them again', async () => {
  await prepare();
  await session?.close();
  expect((await prepare(1_000)).lines).toEqual(['rebuilding the data: it holds 2000 documents, 1000 are wanted']);
  expect(await count('documents')).toBe(1_000);
  await rows(`UPDATE seed_state SET version = '0-00000000'`);
  await session?.close();
  expect((await prepare(1_000)).lines).toEqual([
    'rebuilding the data: it was seeded by another version of the platform',
  ]);
});

test('whatever a run has changed is as it was, and new alerts are numbered from 20,001 again', async () => {
  await prepare();
  const before = await fingerprint();
  await rows(
    `INSERT INTO alerts (rule, entity, title, severity, first_event_at) VALUES ('malware', 'h', 't', 4, now())`,
  );
  await rows(`INSERT INTO events (batch_id, source, kind, severity, host, message, occurred_at, alert_id)
              VALUES (gen_random_uuid(), 's', 'malware.detected', 4, 'h', 'm', now(), 20001)`);
  await rows(`INSERT INTO refresh_tokens VALUES ('\\x00', gen_random_uuid(), 1, now())`);
  await rows(`INSERT INTO reports (id, kind, requested_by, range_from, range_to)
              VALUES (gen_random_uuid(), 'incident-summary', 1, now(), now())`);
  await rows(`UPDATE alerts SET status = 'closed', note = 'mine' WHERE status = 'open'`);
  await rows('UPDATE users SET disabled = true WHERE id = 7');
  await rows('CREATE TABLE pgboss.job (id integer)');
  expect(await fingerprint()).not.toEqual(before);
  await session?.close();
  await prepare();
  expect(await fingerprint()).toEqual(before);
  expect(await rows(`SELECT to_regclass('pgboss.job') AS job`)).toEqual([{ job: null }]);
  const raised = await rows(`INSERT INTO alerts (rule, entity, title, severity, first_event_at)
                             VALUES ('malware', 'h', 't', 4, now()) RETURNING id`);
  expect(raised).toEqual([{ id: '20001' }]);
});

test('the URL for other connections finds the tables without naming their schema', async () => {
  await prepare();
  const client = await connect(session?.url ?? '');
  const answer = await client.query('SELECT current_schema() AS schema, count(*)::int FROM threats');
  await client.end();
  expect(answer.rows).toEqual([{ schema: 'platform', count: 5_000 }]);
});

test('a database that another platform uses is refused with the number of its process', async () => {
  session = await openSession(cluster.url);
  await expect(openSession(cluster.url)).rejects.toThrow(
    new RegExp(`in use by another platform, process ${process.pid};.*DATABASE_URL`),
  );
});

test.each(['platform', 'pgboss'])('a schema "%s" of somebody else is refused and left as it is', async (schema) => {
  await prepare();
  await rows(`DROP SCHEMA ${schema} CASCADE`);
  await rows(`CREATE SCHEMA ${schema}`);
  await rows(`CREATE TABLE ${schema}.theirs AS SELECT 1 AS id`);
  await session?.close();
  await expect(prepare()).rejects.toThrow(`the database has a schema "${schema}" that is not the platform's`);
  expect(await count(`${schema}.theirs`)).toBe(1);
  await rows(`DROP SCHEMA ${schema} CASCADE`);
});

test('tables of somebody else in the same database stay', async () => {
  session = await openSession(cluster.url);
  await rows('CREATE TABLE public.documents AS SELECT 1 AS id');
  await session.close();
  await prepare(1_000);
  expect(await count('public.documents')).toBe(1);
  expect(await count('documents')).toBe(1_000);
});

test('a server that cannot be reached is named without the password', async () => {
  const failure = await openSession('postgres://me:secret@127.0.0.1:1/lab').catch((error: unknown) => String(error));
  expect(failure).toContain('cannot connect to PostgreSQL at 127.0.0.1:1/lab');
  expect(failure).not.toContain('secret');
});
