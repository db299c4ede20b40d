import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { listenForSignals } from 'proving-ground/cli/interrupt.ts';
import { exitCodeOfSignal } from 'proving-ground/exit-codes.ts';
import { processesOf } from './cpu-time.ts';

/** A program under way, in a session of its own: it and all its children can be counted and ended. */
export interface Session {
  readonly id: number;
  /** False once the program itself has ended. */
  isRunning(): boolean;
  /** Resolves with its exit code when the program ends by itself; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What it printed so far, both streams. */
  output(): string;
  /** Ends the program and its children at once. */
  stop(): Promise<void>;
}

/** Started sessions, so that a fault of a bench leaves none behind. */
const running = new Set<Session>();

/** Where and how a program is started. */
export interface SessionOptions {
  readonly cwd: string;
  /** On top of the environment of the bench. */
  readonly env?: Readonly<Record<string, string>>;
  /** Takes what it prints. */
  readonly logFile: string;
}

let listensForSignals = false;

/** A session is no part of the process group of the bench: Ctrl-C reaches the bench alone. */
function endSessionsOnSignals(): void {
  if (listensForSignals) return;
  listensForSignals = true;
  const interrupt = listenForSignals(() => {
    for (const { id } of running) killAll(id);
    process.exit(exitCodeOfSignal(interrupt.by() ?? 'SIGINT'));
  });
}

/** Starts a program. @throws Error when it cannot be started. */
export function startSession(argv: readonly string[], options: SessionOptions): Session {
  const [program = '', ...rest] = argv;
  const log = openSync(options.logFile, 'w');
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  child.once('exit', (code) => {
    running.delete(session);
    resolve(code);
  });
  const session: Session = {
    id: pid,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    ended,
    output: () => readFileSync(options.logFile, 'utf8'),
    stop: async () => {
      killAll(pid);
      await ended;
    },
  };
  running.add(session);
  endSessionsOnSignals();
  return session;
}

/** Ends every session that is still under way. To be called when a bench ends, for whatever reason. */
export async function stopAllSessions(): Promise<void> {
  await Promise.all([...running].map((session) => session.stop()));
}

function killAll(session: number): void {
  for (const pid of processesOf(session)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
