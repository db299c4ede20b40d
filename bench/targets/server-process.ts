import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pinned } from '../measure/cores.ts';
import type { Target } from './target.ts';

/**
 * Starts a server of ours in a process of its own. It sends `{port}` when it listens, and answers any message with
 * `{requests}`; it ends with the bench.
 *
 * @param file absolute path of the module.
 * @param env on top of the environment of the bench.
 */
export async function startServerProcess(
  name: string,
  file: string,
  core: number | undefined,
  env: Readonly<Record<string, string>> = {},
): Promise<Target> {
  const [program = '', ...rest] = pinned([process.execPath, file], core);
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
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    requestCount: async () => {
      const answer = once(child, 'message');
      child.send('count');
      const [{ requests }] = (await answer) as [{ requests: number }];
      return requests;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
