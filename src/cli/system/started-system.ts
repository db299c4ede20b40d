import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { UserFault } from '../../errors.ts';
import { freePort } from './free-port.ts';
import { keepEnd } from './kept-output.ts';

/** How to start a system under test. */
export interface StartOptions {
  /** For the shell; it gets `PORT`, and `{port}` in it is replaced. */
  readonly command: string;
  readonly cwd: string;
  /** Variables that it gets beside ours and `PORT`. */
  readonly env: Readonly<Record<string, string>>;
  /** Path that answers with a status below 400 once the system can be loaded; undefined: any answer at `/` will do. */
  readonly ready: string | undefined;
  /** Seconds it may take. */
  readonly timeoutSec: number;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** A system that was started, and may not be there yet. */
export interface StartedSystem {
  readonly url: string;
  /**
   * Resolves once it can be loaded.
   *
   * Rejects with UserFault `system-unstartable` and the end of what it printed, or with the reason of an aborted wait; stop it then, too.
   */
  readonly ready: Promise<void>;
  /** Asks its whole process group to stop, and kills what is left after five seconds. */
  stop(): Promise<void>;
}

const GRACE_MS = 5_000;
const LOOK_MS = 50;
const KEPT_CHARACTERS = 2_000;

/** Starts a system on a free port. */
export async function startSystem(options: StartOptions): Promise<StartedSystem> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('sh', ['-c', options.command.replaceAll('{port}', String(port))], {
    cwd: options.cwd,
    // PLATFORM_PARENT: the reference platform stops by itself when the pipe to it breaks, however this process dies.
    env: { ...process.env, ...options.env, PORT: String(port), HOST: '127.0.0.1', PLATFORM_PARENT: 'stdin' },
    // A group of its own: Ctrl-C is for us, who still have to save what was measured, and whatever it starts stops with it.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => undefined);
  const printed = keepEnd(child, KEPT_CHARACTERS);
  const ready = untilReady(url, child, options, printed);
  // Whoever stops it first need not look whether it would have got ready.
  ready.catch(() => undefined);
  return { url, ready, stop: () => stopGroup(child) };
}

async function untilReady(
  url: string,
  child: ChildProcess,
  options: StartOptions,
  printed: () => string,
): Promise<void> {
  const { command, ready, timeoutSec, signal } = options;
  const until = Date.now() + timeoutSec * 1_000;
  for (;;) {
    signal.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null) {
      throw unstartable(command, `ended with ${child.exitCode ?? child.signalCode}`, printed());
    }
    if (await isReady(url, ready)) return;
    if (Date.now() > until) {
      const where = ready === undefined ? 'does not answer' : `does not answer ${ready} with a success`;
      throw unstartable(command, `${where} after ${timeoutSec} s on the port in PORT`, printed());
    }
    await delay(LOOK_MS);
  }
}

/** Whether something answers there: with a status below 400 at a path that is named, with anything at `/` otherwise. */
export async function isReady(url: string, path: string | undefined): Promise<boolean> {
  try {
    const response = await fetch(`${url}${path ?? '/'}`, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return path === undefined || response.status < 400;
  } catch {
    return false;
  }
}

function unstartable(command: string, what: string, printed: string): UserFault {
  const lines = printed.trim().split('\n').slice(-5).join('\n  ');
  return new UserFault('system-unstartable', `${JSON.stringify(command)} ${what}`, {
    hint:
      lines === ''
        ? 'It printed nothing. It has to listen on the port that PORT names.'
        : `It printed last:\n  ${lines}`,
  });
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS);
  signalGroup(pid, 'SIGTERM');
  await ended;
  clearTimeout(timer);
  child.stdin?.destroy();
  // Whatever it left behind in its group.
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left.
  }
}
