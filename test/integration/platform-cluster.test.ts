import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { findPackagedBinaries, locateBinaries } from '../../fixtures/platform/src/database/binaries.ts';
import { type Cluster, startCluster } from '../../fixtures/platform/src/database/cluster.ts';
import { prepareLocation } from '../../fixtures/platform/src/database/location.ts';
import { readPostmaster } from '../../fixtures/platform/src/database/postmaster.ts';
import { isPostgresOf } from '../../fixtures/platform/src/database/process-identity.ts';
import { connect } from '../../fixtures/platform/src/database/session.ts';

// Several starts of PostgreSQL in one test, on a machine that may be busy with others.

const CLUSTER = fileURLToPath(new URL('../../fixtures/platform/src/database/cluster.ts', import.meta.url));

// One for all tests: each leaves it stopped and usable, or breaks it on purpose and sees it made anew.
const directory = mkdtempSync(join(tmpdir(), 'cluster-'));
const pgdata = join(directory, 'pgdata');
let lines: string[];
const clusters: Cluster[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  lines = [];
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const cluster of clusters.splice(0)) await cluster.stop();
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<Cluster> {
  const cluster = await startCluster({ dataDirectory: directory, log: (line) => lines.push(line) });
  clusters.push(cluster);
  return cluster;
}

async function query(cluster: Cluster, text: string): Promise<unknown> {
  const client = await connect(cluster.url);
  try {
    const answer = await client.query({ text, rowMode: 'array' });
    return (answer.rows as unknown[][])[0]?.[0];
  } finally {
    await client.end();
  }
}

function serverPid(): number {
  const postmaster = readPostmaster(pgdata);
  if (postmaster === undefined) throw new Error('no server runs');
  return postmaster.pid;
}

async function untilGone(pid: number): Promise<boolean> {
  for (let wait = 0; wait < 500 && isPostgresOf(pid, pgdata); wait += 1) await sleep(10);
  return !isPostgresOf(pid, pgdata);
}

test('a directory that was stopped is found again with its rows, and the server is gone in between', async () => {
  const first = await start();
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const pid = serverPid();
  await first.stop();
  expect(isPostgresOf(pid, pgdata)).toBe(false);
  expect(await query(await start(), 'SELECT answer FROM kept')).toBe(42);
  expect(lines).toEqual([]);
});

test('the server takes only connections from this machine that know the password, which only its owner can read', async () => {
  const cluster = await start();
  expect(await query(cluster, 'SHOW listen_addresses')).toBe('127.0.0.1');
  const url = new URL(cluster.url);
  url.password = 'guessed';
  await expect(connect(url.href)).rejects.toThrow(/password authentication failed/);
  expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600);
});

test('the server is told to measure, not to guess: statistics are on, compilation and parallel plans are off', async () => {
  const cluster = await start();
  expect(await query(cluster, 'SHOW shared_preload_libraries')).toBe('pg_stat_statements');
  expect(await query(cluster, 'SHOW track_io_timing')).toBe('on');
  expect(await query(cluster, 'SHOW jit')).toBe('off');
  expect(await query(cluster, 'SHOW fsync')).toBe('on');
});

test('a directory that a living platform uses is refused with the number of its process', async () => {
  await start();
  await expect(start()).rejects.toThrow(
    new RegExp(`in use by another platform, process ${process.pid};.*PLATFORM_DATA`),
  );
});

test('a dead owner whose number another process has by now does not keep the directory', async () => {
  await (await start()).stop();
  writeFileSync(join(directory, 'owner'), `${process.pid} started-at-another-time\n`);
  await start();
});

test('when the platform is killed the server ends by itself, and the next start goes through', async () => {
  const script = `
    const { startCluster } = await import(${JSON.stringify(CLUSTER)});
    await startCluster({ dataDirectory: ${JSON.stringify(directory)}, log: () => undefined });
    console.log('up');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  const pid = serverPid();
  child.kill('SIGKILL');
  expect(await untilGone(pid)).toBe(true);
  await start();
});

test('a server that was left behind is stopped before the next one starts', async () => {
  await (await start()).stop();
  const location = prepareLocation(directory, () => undefined);
  const orphan = spawn(
    locateBinaries(findPackagedBinaries(), location).postgres,
    ['-D', pgdata, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${pgdata}`],
    {
      ...location.account,
      cwd: location.directory,
      env: { LC_ALL: 'C' },
      stdio: 'ignore',
    },
  );
  children.push(orphan);
  while (readPostmaster(pgdata)?.isReady !== true && orphan.exitCode === null) await sleep(10);
  const cluster = await start();
  expect(lines).toEqual([`stopped PostgreSQL (process ${orphan.pid}), which a killed platform left behind`]);
  expect(orphan.exitCode).toBe(0);
  expect(await query(cluster, 'SELECT 1')).toBe(1);
});

test('a lock file whose process is something else by now is no server', async () => {
  await (await start()).stop();
  writeFileSync(join(pgdata, 'postmaster.pid'), `${process.pid}\n${pgdata}\n`);
  await start();
  expect(lines).toEqual([]);
});

test.each([
  ['is of another version', 'PG_VERSION', '15\n', /made by PostgreSQL 15, the built-in one is \d+/],
  ['lacks a file', 'PG_VERSION', undefined, /incomplete/],
  ['does not start', 'global/pg_control', '', /does not start/],
])('a directory that %s is rebuilt, and a line says so', async (_title, file, content, reason) => {
  const first = await start();
  await query(first, 'CREATE TABLE lost (id integer)');
  await first.stop();
  rmSync(join(pgdata, file));
  if (content !== undefined) writeFileSync(join(pgdata, file), content);
  expect(await query(await start(), `SELECT to_regclass('lost')`)).toBeNull();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^rebuilding the database: /);
  expect(lines[0]).toMatch(reason);
});

test('a directory with files of somebody else is refused and left as it is', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'foreign-'));
  writeFileSync(join(dataDirectory, 'thesis.tex'), 'chapter one');
  const attempt = startCluster({ dataDirectory, log: () => undefined });
  await expect(attempt).rejects.toThrow(/holds "thesis.tex", which is not the platform's/);
  expect(readdirSync(dataDirectory)).toEqual(['thesis.tex']);
  rmSync(dataDirectory, { recursive: true });
});

test('a server that dies is reported, and can be started again', async () => {
  const cluster = await start();
  const pid = serverPid();
  process.kill(pid, 'SIGKILL');
  expect(await cluster.died).toContain(`PostgreSQL (process ${pid}) ended by itself`);
  await cluster.stop();
  expect(await query(await start(), 'SELECT 1')).toBe(1);
});

// Only root has the choice of another account, so only root meets a directory that this account cannot enter.
const asRoot = process.getuid?.() === 0 ? test : () => undefined;

asRoot(
  'as root, a directory below one that is closed to others is replaced below /var/tmp, which goes when it is gone',
  async () => {
    const closed = mkdtempSync(join(tmpdir(), 'closed-'));
    const open = (parent: string): Promise<Cluster> => {
      return startCluster({ dataDirectory: join(parent, 'data'), log: (line) => lines.push(line) });
    };
    const cluster = await open(closed);
    expect(cluster.directory).toMatch(/^\/var\/tmp\/proving-ground-[0-9a-f]{12}$/);
    expect(lines).toEqual([
      expect.stringContaining(`cannot enter ${join(closed, 'data')}; using ${cluster.directory}`),
    ]);
    expect(readdirSync(closed)).toEqual([]);
    await cluster.stop();
    rmSync(closed, { recursive: true });
    const other = mkdtempSync(join(tmpdir(), 'closed-'));
    const next = await open(other);
    expect([existsSync(cluster.directory), existsSync(next.directory)]).toEqual([false, true]);
    await next.stop();
    for (const path of [other, next.directory]) rmSync(path, { recursive: true });
  },
);
