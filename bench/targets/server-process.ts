import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pinned } from '../measure/cores.ts';
import type { Target } from './target.ts';

/** A server of ours, which can be asked more than how many requests it got. */
export interface ServerProcess extends Target {
  /** What the server answers to a message of its own. */
  ask<T>(message: string): Promise<T>;
}

/**
 * Starts a server of ours in a process of its own. It sends `{port}` when it listens, and answers any message with
 * `{requests}`; it ends with the bench.
 *
 * @param module the file of the server.
 * @param env on top of the environment of the bench.
 */
export async function startServerProcess(
  name: string,
  module: URL,
  core: number | undefined,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const [program = '', ...rest] = pinned([process.execPath, fileURLToPath(module)], core);
  const child = spawn(program, rest, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const failed = exited.then(() => {
    throw new Error(`${name} ended before it was ready`);
  });
  const [{ port }] = (await Promise.race([once(child, 'message'), failed])) as [{ port: number }];
  failed.catch(() => undefined);
  const ask = async <T>(message: string): Promise<T> => {
    const answer = once(child, 'message');
    child.send(message);
    const [value] = (await answer) as [T];
    return value;
  };
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    requestCount: async () => (await ask<{ requests: number }>('count')).requests,
    ask,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
