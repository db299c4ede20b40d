import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../src/cli/system/free-port.ts';

/** A Redis of its own on a free port, which keeps nothing on disk. */
export interface RedisServer {
  readonly url: string;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** May be called again. */
  stop(): Promise<void>;
  /** It keeps its connections and answers nothing until `thaw`. */
  freeze(): void;
  thaw(): void;
}

const PROGRAM = 'redis-server';

/** @throws if there is no `redis-server` on the PATH. */
export async function startRedis(): Promise<RedisServer> {
  if (spawnSync(PROGRAM, ['--version']).error !== undefined) {
    throw new Error('these tests need redis-server on the PATH: apt-get install redis-server, or brew install redis');
  }
  const port = await freePort();
  let server: ChildProcess | undefined;
  async function start(): Promise<void> {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    server = spawn(PROGRAM, args, { stdio: 'ignore' });
    while (!(await isListening(port))) await sleep(20);
  }
  async function stop(): Promise<void> {
    const running = server;
    server = undefined;
    if (running === undefined) return;
    running.kill('SIGKILL');
    await once(running, 'exit');
  }
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
