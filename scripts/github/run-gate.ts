import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { resolve as absolute, delimiter } from 'node:path';

/** Files through which a process speaks to the job. The tested system has no business there, and each block would add its summary. */
const FILES_OF_THE_JOB = ['GITHUB_STEP_SUMMARY', 'GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'];
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** How a command ended. */
export interface CommandEnd {
  /** 128 + signal for one that a signal ended; undefined: it could not be started. */
  readonly exitCode: number | undefined;
  /** The last of what it wrote to standard error, at most 64 kB. */
  readonly errorText: string;
}

/**
 * Runs a command with its output in the log of the job, where nothing that it prints is taken for a command to GitHub. SIGINT and
 * SIGTERM, which cancel a job, are passed on; the command then ends by itself and its report is there.
 */
export async function runQuoted(command: string, parameters: readonly string[]): Promise<CommandEnd> {
  const token = randomUUID();
  const { promise, resolve } = Promise.withResolvers<CommandEnd>();
  console.log(`::stop-commands::${token}`);
  const child = spawn(command, parameters, { stdio: ['ignore', 'inherit', 'pipe'], env: envOfChild() });
  let errorText = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text);
    errorText = `${errorText}${text}`.slice(-65_536);
  });
  const passOn = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, passOn);
  child.once('error', ({ message }) => resolve({ exitCode: undefined, errorText: message }));
  child.once('close', (code, signal) => {
    resolve({ exitCode: code ?? (signal === null ? undefined : 128 + constants.signals[signal]), errorText });
  });
  const end = await promise;
  for (const signal of SIGNALS) process.off(signal, passOn);
  console.log(`\n::${token}::`);
  return end;
}

function envOfChild(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !FILES_OF_THE_JOB.includes(name));
  // The project's own commands and Node first, as npx has it; npx itself would not pass signals on.
  return {
    ...Object.fromEntries(entries),
    PATH: `${absolute('node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
  };
}
