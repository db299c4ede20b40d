import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import { readPostmaster } from '../../fixtures/platform/src/database/postmaster.ts';
import { isPostgresOf } from '../../fixtures/platform/src/database/process-identity.ts';

// Several starts of PostgreSQL in one test, on a machine that may be busy with others.

const MAIN = fileURLToPath(new URL('../../fixtures/platform/src/main.ts', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'platform-process-'));
const pgdata = join(directory, 'pgdata');

/** A platform in a process of its own, as people start it. */
interface Run {
  readonly child: ChildProcess;
  output(): string;
  /** Resolves when the output matches, or when the process ends. */
  until(pattern: RegExp): Promise<RegExpExecArray | null>;
  /** The exit code; null after a signal. */
  ended(): Promise<number | null>;
}

const runs: Run[] = [];

afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.child.kill('SIGKILL');
    await run.ended();
  }
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function platform(env: Record<string, string> = {}, args: readonly string[] = []): Run {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, PORT: '0', DOCUMENTS: '1000', PLATFORM_DATA: directory, ...env },
  });
  const ended = once(child, 'close');
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const run: Run = {
    child,
    output: () => text,
    until: async (pattern) => {
      while (!pattern.test(text) && child.exitCode === null && child.signalCode === null) await sleep(10);
      return pattern.exec(text);
    },
    ended: async () => {
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
  runs.push(run);
  return run;
}

async function readyUrl(run: Run): Promise<string> {
  const match = await run.until(/ready on (http:\S+) — 1,000 documents, 500 users, 20,000 alerts \(\d+\.\d s\)/);
  if (match?.[1] === undefined) throw new Error(run.output());
  return match[1];
}

test('says where it is ready, answers there, and ends with exit code 0 when it is told to', async () => {
  const run = platform();
  const url = await readyUrl(run);
  const answer = await fetch(`${url}/ready`);
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready', documents: 1_000 }]);
  run.child.kill('SIGTERM');
  expect(await run.ended()).toBe(0);
  expect(run.output()).toMatch(/stopping: SIGTERM\nstopped\n$/);
  expect(readPostmaster(pgdata)).toBeUndefined();
});

test('listens before it is ready, and says how far it is', async () => {
  const run = platform({ DOCUMENTS: '30000', PORT: '47311' });
  await run.until(/% documents/);
  const answer = await fetch('http://127.0.0.1:47311/ready');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'starting', step: 'documents', percent: expect.any(Number) });
  run.child.kill('SIGTERM');
  expect(await run.ended()).toBe(0);
  expect(run.output()).toMatch(/stopped before it was ready\n$/);
  expect(readPostmaster(pgdata)).toBeUndefined();
});

test('leaves no server behind when it is killed', async () => {
  const run = platform();
  await readyUrl(run);
  const server = readPostmaster(pgdata)?.pid ?? 0;
  expect(isPostgresOf(server, pgdata)).toBe(true);
  run.child.kill('SIGKILL');
  for (let wait = 0; wait < 500 && isPostgresOf(server, pgdata); wait += 1) await sleep(10);
  expect(isPostgresOf(server, pgdata)).toBe(false);
});

test('ends when the parent that asked for it has gone', async () => {
  const run = platform({ PLATFORM_PARENT: 'stdin' });
  await readyUrl(run);
  run.child.stdin?.end();
  expect(await run.ended()).toBe(0);
  expect(run.output()).toContain('stopping: the parent process has ended');
});

test('ends with exit code 1 and the reason when its database dies', async () => {
  const run = platform({ LOG_LEVEL: 'silent' });
  await readyUrl(run);
  process.kill(readPostmaster(pgdata)?.pid ?? 0, 'SIGKILL');
  expect(await run.ended()).toBe(1);
  expect(run.output()).toMatch(/stopping: PostgreSQL \(process \d+\) ended by itself/);
});

test('a port that another platform has is reported with its process', async () => {
  const first = platform();
  const { port } = new URL(await readyUrl(first));
  const second = platform({ PORT: port });
  expect(await second.ended()).toBe(1);
  expect(second.output()).toMatch(
    new RegExp(
      `port ${port} of 127.0.0.1 is in use by another reference platform \\(version \\S+, process ${first.child.pid}, `,
    ),
  );
  expect(second.output()).not.toMatch(/ {4}at /);
});

test('a port that something else has is reported as that', async () => {
  const other = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const run = platform({ PORT: String((other.address() as AddressInfo).port) });
  expect(await run.ended()).toBe(1);
  expect(run.output()).toMatch(/in use by something else; stop it, or set PORT to another port/);
  other.close();
});

test.each([
  [
    'a setting that cannot be used',
    { PORT: '70000' },
    [],
    2,
    'PORT is "70000"; allowed is a whole number from 0 to 65535',
  ],
  ['an unknown argument', {}, ['--fast'], 2, '"--fast" is not an argument of the platform'],
  ['an address of another machine', { HOST: '203.0.113.1' }, [], 1, 'HOST is "203.0.113.1", which is no address'],
  [
    'a database that is not there',
    { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/d' },
    [],
    1,
    'cannot connect to PostgreSQL',
  ],
  ['the wish for help', {}, ['--help'], 0, 'Settings (environment variables)'],
])('%s ends with one message', async (_title, env, args, code, message) => {
  const run = platform(env, args);
  expect(await run.ended()).toBe(code);
  expect(run.output()).toContain(message);
  expect(run.output()).not.toMatch(/ {4}at /);
});
