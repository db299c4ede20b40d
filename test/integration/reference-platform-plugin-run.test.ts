import type { ChildProcess } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../src/cli/system/free-port.ts';
import { type CountingTarget, startCountingTarget } from '../e2e/counting-target.ts';
import { type ArtilleryRun, runArtillery, startArtillery } from '../e2e/run-artillery.ts';
import {
  answers,
  createScene,
  gone,
  type Scene,
  startFakePlatform,
  writeTest,
} from './reference-platform-plugin/scene.ts';

let scene: Scene;
let port = 0;
let theirs: ChildProcess | undefined;
let elsewhere: CountingTarget | undefined;

beforeEach(async () => {
  scene = await createScene();
  port = await freePort();
  theirs = undefined;
  elsewhere = undefined;
});

afterEach(async () => {
  theirs?.kill('SIGKILL');
  await elsewhere?.close();
  await scene.remove();
});

interface Trial {
  readonly target?: string;
  readonly options?: readonly string[];
  readonly seconds?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a test that targets the address of the plugin, unless the trial says otherwise. */
async function start({ target, options = [], seconds = 1, env = {} }: Trial = {}): Promise<ArtilleryRun> {
  const path = await writeTest(scene, {
    target: target ?? `http://localhost:${port}`,
    plugin: ['fake-platform:', `  address: http://127.0.0.1:${port}`, ...options.map((line) => `  ${line}`)],
    seconds,
  });
  return startArtillery([path], { cwd: scene.folder, env: { ...scene.env, ...env } });
}

test('starts the platform before any load and stops it when the run has ended', async () => {
  const run = await start({ env: { FAKE_START_MS: '500' } });
  await run.printed(/Phase started/);
  expect(await answers(port)).toBe(true);
  const { exitCode, stderr, stdout } = await run.finished;
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/http\.codes\.200: \.+ 2$/m);
  expect(stderr).toContain(`Starting the reference platform at http://127.0.0.1:${port}\n`);
  expect(stderr).toContain('Reference platform: pretend, 50 % (0 s)\n');
  expect(stderr).toContain(`Reference platform ready at http://127.0.0.1:${port} (2,000 documents)`);
  expect(await answers(port)).toBe(false);
});

test('uses a platform that runs already, says so in one line, and leaves it running', async () => {
  theirs = await startFakePlatform(port, { FAKE_SETTINGS: '{"CACHE_SECONDS":"0"}' });
  const { exitCode, stderr } = await (await start({ options: ['env:', '  CACHE_SECONDS: 0'] })).finished;
  expect(exitCode).toBe(0);
  expect(stderr).toBe(
    `Using the reference platform that runs at http://127.0.0.1:${port} already (2,000 documents).\n`,
  );
  const count = await (await fetch(`http://127.0.0.1:${port}/count`)).json();
  expect(count).toMatchObject({ count: 2 });
});

test('refuses a platform that runs already with other settings, before any load', async () => {
  theirs = await startFakePlatform(port, { FAKE_SETTINGS: '{"CACHE_SECONDS":"10"}' });
  const { exitCode, stdout, stderr } = await (await start({ options: ['env:', '  CACHE_SECONDS: 0'] })).finished;
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error: .* CACHE_SECONDS is 10 there, and 0 in the test\n {2}Stop it \(process \d+\)/);
  expect(stdout).not.toContain('Phase started');
  expect(await (await fetch(`http://127.0.0.1:${port}/count`)).json()).toMatchObject({ count: 0 });
});

test('does nothing for a test with another target', async () => {
  elsewhere = await startCountingTarget();
  const { exitCode, stderr } = await (await start({ target: elsewhere.url })).finished;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(elsewhere.total()).toBe(2);
});

test('refuses an address that something else has taken, before any load', async () => {
  elsewhere = await startCountingTarget();
  port = Number(new URL(elsewhere.url).port);
  const { exitCode, stdout, stderr } = await (await start()).finished;
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^error: http:\/\/\S+ is taken by something .*: GET \/health got HTTP status 200\n {2}Stop it,/,
  );
  expect(stdout).not.toContain('Phase started');
  expect([...elsewhere.requests]).toEqual([['/health', 1]]);
});

test('passes on what the platform says when it does not start, and sends no load', async () => {
  const env = { FAKE_END: 'PORT is "x"; allowed is a number', FAKE_END_CODE: '2' };
  const { exitCode, stdout, stderr } = await (await start({ env })).finished;
  expect(exitCode).toBe(2);
  expect(stderr).toContain('PORT is "x"; allowed is a number\n');
  expect(stderr).toMatch(/^error: the reference platform ended while it started \(exit code 2\)\n {2}\S/m);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).not.toContain('Phase started');
});

test('gives up after the time limit, and stops what it started', async () => {
  const run = await start({ options: ['startTimeoutSeconds: 1'], env: { FAKE_START_MS: '600000' } });
  const { exitCode, stderr } = await run.finished;
  expect(exitCode).toBe(70);
  expect(stderr).toMatch(/^error: the reference platform was not ready within 1 s; it was at "pretend", 50 %$/m);
  expect(await answers(port)).toBe(false);
});

test.each(['artillery', 'group'] as const)(
  'Ctrl-C to the %s during the run ends with 130 and stops the platform',
  async (to) => {
    const run = await start({ seconds: 60 });
    await run.printed(/Phase started/);
    run.signal('SIGINT', to);
    const { exitCode, stdout, stderr } = await run.finished;
    expect(exitCode).toBe(130);
    expect(stdout + stderr).not.toContain('ended in the middle of the run');
    expect(await answers(port)).toBe(false);
  },
);

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while the platform starts ends the run at once, and the platform',
  async (name) => {
    const run = await start({ env: { FAKE_START_MS: '600000' } });
    await run.printed(/Reference platform: pretend/);
    run.signal(name);
    expect(await run.finished).toMatchObject({ exitCode: null, signal: name });
    await gone(port);
  },
);

test('the platform goes down with Artillery when Artillery is killed', async () => {
  const run = await start({ seconds: 60 });
  await run.printed(/Phase started/);
  run.signal('SIGKILL');
  expect((await run.finished).signal).toBe('SIGKILL');
  await gone(port);
});

test('a platform that ends in the middle of the run is a fault, and the run does not pass', async () => {
  const run = await start({ seconds: 3 });
  await run.printed(/Phase started/);
  await fetch(`http://127.0.0.1:${port}/crash`);
  await run.printed(/ended in the middle/);
  const { exitCode, stdout, stderr } = await run.finished;
  expect(exitCode).toBe(1);
  const message =
    'the reference platform ended in the middle of the run (signal SIGKILL); its last message: fake platform: out of luck';
  expect(stderr).toContain(`error: ${message}\n`);
  expect(stdout).toContain(`FAULT ${JSON.stringify({ source: 'reference-platform', message })}\n`);
});

test('a platform that does not stop when it is asked to is killed', async () => {
  const run = await start({ env: { FAKE_DEAF: '1' } });
  const { exitCode, stderr } = await run.finished;
  expect(exitCode).toBe(0);
  expect(stderr).toContain('Waiting for the reference platform to stop\n');
  expect(stderr).toContain('The reference platform did not stop in 10 s and was killed.\n');
  expect(await answers(port)).toBe(false);
});

test('the plugin itself refuses options it does not know, with their place in the file', async () => {
  const plugin = ['reference-platform:', '  adress: http://127.0.0.1:1'];
  await writeTest(scene, { target: `http://127.0.0.1:${port}`, plugin });
  const { exitCode, stdout, stderr } = await runArtillery(['test.yml'], { cwd: scene.folder });
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    'error: test.yml:5:15 config.plugins.reference-platform.adress is not known\n' +
      '  Allowed are address, startTimeoutSeconds, env.\n',
  );
  expect(stdout).not.toContain('Phase started');
});
