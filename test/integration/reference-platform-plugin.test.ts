import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BroughtUp, bringUp, type Progress } from '../../plugins/artillery-plugin-reference-platform/bring-up.ts';
import {
  type PlatformProcess,
  type Program,
  startPlatform,
} from '../../plugins/artillery-plugin-reference-platform/platform-process.ts';
import { freePort } from '../../src/cli/system/free-port.ts';
import { answers, closeServer, FAKE_PLATFORM, startFakePlatform } from './reference-platform-plugin/scene.ts';

const FAKE: Program = { command: process.execPath, args: [FAKE_PLATFORM] };

let port = 0;
let ours: PlatformProcess | undefined;
let theirs: ChildProcess | undefined;
let progress: Progress[] = [];
let lines: string[] = [];

beforeEach(async () => {
  port = await freePort();
  ours = undefined;
  theirs = undefined;
  progress = [];
  lines = [];
});

afterEach(async () => {
  theirs?.kill('SIGKILL');
  await ours?.stop(0);
});

interface Trial {
  readonly env?: Record<string, string>;
  readonly program?: Program;
  readonly timeoutMs?: number;
}

function tryToBringUp({ env = {}, program = FAKE, timeoutMs = 20_000 }: Trial = {}): Promise<BroughtUp> {
  const address = { origin: `http://127.0.0.1:${port}`, host: '127.0.0.1', port };
  return bringUp({
    origin: address.origin,
    timeoutMs,
    start: () => {
      ours = startPlatform(program, address, env, (line) => lines.push(line));
      return ours;
    },
    onProgress: (step) => progress.push(step),
  });
}

async function countOf(): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${port}/count`)).json();
}

test('starts a platform where nobody answers, shows its progress, and waits until it is ready', async () => {
  const { outcome, platform } = await tryToBringUp({ env: { FAKE_START_MS: '400' } });
  expect(outcome).toEqual({ kind: 'started', documents: 2000, pid: expect.any(Number) });
  expect(platform?.pid).toBe(ours?.pid);
  expect(progress).toContainEqual({ step: 'pretend', percent: 50 });
  expect(lines).toEqual([`fake platform: process ${ours?.pid}`]);
});

test('hands the settings of the test to the platform that it starts', async () => {
  await tryToBringUp({ env: { CACHE_SECONDS: '7' } });
  expect(await countOf()).toEqual({ count: 0, cacheSeconds: '7' });
});

test('asks a platform to stop, and kills one that does not listen', async () => {
  await tryToBringUp();
  expect((await ours?.stop(5_000))?.how).toBe('exit code 0');
  await tryToBringUp({ env: { FAKE_DEAF: '1' } });
  expect((await ours?.stop(300))?.how).toBe('signal SIGKILL');
  expect(await answers(port)).toBe(false);
});

test('uses a platform that runs already and starts none', async () => {
  theirs = await startFakePlatform(port);
  expect((await tryToBringUp()).outcome).toEqual({ kind: 'joined', documents: 2000, pid: expect.any(Number) });
  expect(ours).toBeUndefined();
});

test('hears which settings a platform has that runs already', async () => {
  const settings = { CACHE_SECONDS: '10' };
  theirs = await startFakePlatform(port, { FAKE_SETTINGS: JSON.stringify(settings) });
  expect((await tryToBringUp()).outcome).toMatchObject({ kind: 'joined', pid: theirs.pid, settings });
});

test('waits for a platform that somebody else is starting', async () => {
  theirs = await startFakePlatform(port, { FAKE_START_MS: '600' });
  expect((await tryToBringUp()).outcome).toEqual({ kind: 'joined', documents: 2000, pid: expect.any(Number) });
  expect(progress.length).toBeGreaterThan(0);
});

test('starts its own when the platform that was there goes away before it is ready', async () => {
  theirs = await startFakePlatform(port, { FAKE_START_MS: '600000' });
  const trial = tryToBringUp();
  await until(() => progress.length > 0);
  theirs.kill('SIGKILL');
  expect((await trial).outcome.kind).toBe('started');
});

test('gives up on a platform of somebody else that does not become ready, and leaves it alone', async () => {
  theirs = await startFakePlatform(port, { FAKE_START_MS: '600000' });
  expect((await tryToBringUp({ timeoutMs: 500 })).outcome).toEqual({
    kind: 'too-slow',
    ours: false,
    progress: { step: 'pretend', percent: 50 },
  });
  expect(await answers(port)).toBe(true);
});

test('gives up on its own platform when it does not become ready', async () => {
  const { outcome, platform } = await tryToBringUp({ env: { FAKE_START_MS: '600000' }, timeoutMs: 1_500 });
  expect(outcome).toMatchObject({ kind: 'too-slow', ours: true });
  expect(platform).toBe(ours);
});

test('notices at once that its platform ended while it started', async () => {
  const startedAt = performance.now();
  const { outcome } = await tryToBringUp({ env: { FAKE_END: 'DOCUMENTS is "5"', FAKE_END_CODE: '2' } });
  expect(outcome).toEqual({ kind: 'ended', exit: { code: 2, how: 'exit code 2' } });
  expect(lines).toEqual(['DOCUMENTS is "5"']);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test('notices that the program cannot be started', async () => {
  const { outcome } = await tryToBringUp({ program: { command: '/no/such/program', args: [] } });
  expect(outcome).toEqual({ kind: 'ended', exit: { code: null, how: 'ENOENT' } });
});

test('does not take the platform of a run that was faster for its own', async () => {
  const slow: Program = { command: process.execPath, args: ['-e', 'setTimeout(() => process.exit(3), 2000)'] };
  const trial = tryToBringUp({ program: slow });
  await until(() => ours !== undefined);
  theirs = await startFakePlatform(port);
  expect((await trial).outcome).toEqual({ kind: 'ended', exit: { code: 3, how: 'exit code 3' } });
});

test.each<[string, RequestListener, string]>([
  [
    'another web server',
    (_request, response) => response.writeHead(404, { server: 'nginx' }).end('<html>'),
    'GET /health got HTTP status 404 from nginx',
  ],
  [
    'a server that answers JSON of its own',
    (_request, response) => response.end('{"status":"UP"}'),
    'GET /health got HTTP status 200',
  ],
  [
    'a server that sends everybody elsewhere',
    (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    'GET /health got HTTP status 302',
  ],
  ['a server that never answers', () => undefined, 'it gave no answer to GET /health in 2 s'],
])('refuses %s', async (_name, listener, what) => {
  await withServer(createServer(listener), async () => {
    expect((await tryToBringUp()).outcome).toEqual({ kind: 'address-taken', what });
  });
});

test('refuses a server that does not speak HTTP', async () => {
  const server = createTcpServer((socket) =>
    socket
      .on('error', () => undefined)
      .resume()
      .end('SSH-2.0-server\r\n'),
  );
  await withServer(server as Server, async () => {
    expect((await tryToBringUp()).outcome).toEqual({
      kind: 'address-taken',
      what: expect.stringMatching(/^it does not speak HTTP \(\w+\)$/),
    });
  });
});

async function withServer(server: Server, work: () => Promise<void>): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  try {
    await work();
  } finally {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await closeServer(server);
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
