import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The program that stands in for the platform. */
export const FAKE_PLATFORM = fileURLToPath(new URL('./fake-platform.mts', import.meta.url));

const SET_UP = new URL('../../../plugins/artillery-plugin-reference-platform/set-up.ts', import.meta.url).href;

/** A folder with a test for Artillery, and a copy of the plugin that starts the fake platform instead of the real one. */
export interface Scene {
  readonly folder: string;
  /** What `artillery run` needs besides the test. */
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** What the plugin exports under this name is the real one, but for its program and for saying the fault that it emits. */
const PLUGIN = `
import { setUpReferencePlatform } from ${JSON.stringify(SET_UP)};
export const LEGACY_METRICS_FORMAT = false;
export class Plugin {
  constructor(script) {
    this.stop = async () => {};
    if (process.env.LOCAL_WORKER_ID !== undefined) return;
    const { artillery } = globalThis;
    artillery.globalEvents.on('proving-ground:fault', (fault) => console.log('FAULT ' + JSON.stringify(fault)));
    const plugins = { 'reference-platform': script.config.plugins['fake-platform'] };
    const program = { command: process.execPath, args: [${JSON.stringify(FAKE_PLATFORM)}] };
    this.stop = setUpReferencePlatform(artillery, { ...script, config: { ...script.config, plugins } }, program);
  }
  cleanup(done) {
    this.stop().then(() => done(null), done);
  }
}
`;

/** @param env settings of the fake platform. */
export async function createScene(env: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'reference-platform-plugin-'));
  const plugin = join(folder, 'plugins/artillery-plugin-fake-platform');
  await mkdir(plugin, { recursive: true });
  await writeFile(join(plugin, 'package.json'), JSON.stringify({ type: 'module', main: 'index.mjs' }));
  await writeFile(join(plugin, 'index.mjs'), PLUGIN);
  return {
    folder,
    env: { ARTILLERY_PLUGIN_PATH: join(folder, 'plugins'), ...env },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What differs between the tests that are written into a scene. */
export interface TestFileOptions {
  readonly target: string;
  /** Name and options of the plugin, one line of YAML each. */
  readonly plugin: readonly string[];
  readonly seconds?: number;
}

/** Writes a small test, two users a second, and returns its path. */
export async function writeTest(scene: Scene, { target, plugin, seconds = 1 }: TestFileOptions): Promise<string> {
  const path = join(scene.folder, 'test.yml');
  const lines = [
    'config:',
    `  target: ${target}`,
    '  plugins:',
    ...plugin.map((line) => `    ${line}`),
    '  phases:',
    `    - duration: ${seconds}`,
    '      arrivalRate: 2',
    'scenarios:',
    '  - flow:',
    '      - get:',
    '          url: /something',
  ];
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

/** Closes a server and waits for it. */
export async function closeServer(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

/** Starts the fake platform as somebody else would, and waits until it listens. */
export async function startFakePlatform(port: number, env: Record<string, string> = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, [FAKE_PLATFORM], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: 'ignore',
  });
  while (!(await answers(port))) await delay(50);
  return child;
}

/** Whether a platform answers on this port. */
export async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok;
  } catch {
    return false;
  }
}

/** Waits until nobody answers on this port any more. @throws Error after five seconds. */
export async function gone(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (!(await answers(port))) return;
    await delay(50);
  }
  throw new Error(`something still answers on port ${port}`);
}
