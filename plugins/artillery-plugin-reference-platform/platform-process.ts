import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from './address.ts';

/** The program to run as the platform. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** How a process ended. */
export interface Exit {
  /** null when a signal ended it, or when it could not be started. */
  readonly code: number | null;
  /** For people: `exit code 1`, `signal SIGKILL`, `ENOENT`. */
  readonly how: string;
}

/** A platform that this process started. */
export interface PlatformProcess {
  /** undefined when the program could not be started. */
  readonly pid: number | undefined;
  /** Resolves, never rejects, when the process has ended and its last lines have been read. */
  readonly ended: Promise<Exit>;
  /** How it ended; undefined while it runs. */
  exit(): Exit | undefined;
  /** The last line that it wrote to its standard error. */
  lastLine(): string | undefined;
  /** Asks it to stop, and kills it when it has not ended after the grace period. */
  stop(graceMs: number): Promise<Exit>;
}

/**
 * Starts the platform so that it cannot outlive us: it stops by itself when its standard input ends, and that pipe is
 * closed by the operating system however this process dies.
 *
 * @param onLine is called with every line of its standard error.
 */
export function startPlatform(
  program: Program,
  address: Address,
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
): PlatformProcess {
  const child = spawn(program.command, program.args, {
    env: { ...process.env, ...env, HOST: address.host, PORT: String(address.port), PLATFORM_PARENT: 'stdin' },
    // A group of its own: Ctrl-C in a terminal goes to the whole group, and would stop the platform while Artillery still
    // finishes its last requests and runs the `after` hook of the test.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stdin?.on('error', () => undefined);
  let last: string | undefined;
  if (child.stderr !== null) {
    createInterface(child.stderr).on('line', (line) => {
      if (line.trim() !== '') last = line;
      onLine(line);
    });
  }
  let exit: Exit | undefined;
  const ended = endOf(child).then((end) => {
    exit = end;
    return end;
  });
  return {
    pid: child.pid,
    ended,
    exit: () => exit,
    lastLine: () => last,
    stop: (graceMs) => stop(child, ended, graceMs),
  };
}

async function endOf(child: ChildProcess): Promise<Exit> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const exit = await new Promise<Exit>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve({ code: null, how: error.code ?? error.message }));
    child.once('exit', (code, signal) =>
      resolve({ code, how: signal === null ? `exit code ${code}` : `signal ${signal}` }),
    );
  });
  // What it wrote last may still be in the pipe; but a process that it left behind may hold the pipe open for ever.
  await Promise.race([closed, delay(200)]);
  return exit;
}

async function stop(child: ChildProcess, ended: Promise<Exit>, graceMs: number): Promise<Exit> {
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  child.kill('SIGTERM');
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}
