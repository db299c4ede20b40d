import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');
/** Artillery's `run` without its other commands and its clouds, which take half of the processor time of a short run to load. */
const RUN_ALONE = join(ROOT, 'src/cli/block/artillery-run.ts');

/** How to run Artillery. */
export interface ArtilleryOptions {
  /** Working directory; the root of the repository when it is not given. */
  readonly cwd?: string;
  /** On top of a clean environment, which holds nothing of the one the tests run in but where compiled code is kept. */
  readonly env?: Readonly<Record<string, string>>;
  /** `user`: the whole command, as people start it; else its `run` alone, as the gate starts it, which is the same from there on. */
  readonly by?: 'user';
  /** The run is killed and `finished` rejects after this time, in milliseconds (60,000). */
  readonly timeoutMs?: number;
}

/** How a run of Artillery ended. */
export interface ArtilleryResult {
  /** null when a signal ended the process before it could choose an exit code. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** A run of Artillery that is under way. */
export interface ArtilleryRun {
  readonly pid: number;
  readonly finished: Promise<ArtilleryResult>;
  /** Resolves as soon as both streams together have printed a match; rejects when the run ends without one. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** `group`: to Artillery and everything in its process group, as Ctrl-C in a terminal does. */
  signal(signal: NodeJS.Signals, to?: 'artillery' | 'group'): void;
}

/**
 * Starts `artillery run …` of this repository, in a process of its own.
 *
 * @param args what follows `run`; paths are relative to `options.cwd`.
 */
export function startArtillery(args: readonly string[], options: ArtilleryOptions = {}): ArtilleryRun {
  const startedAt = performance.now();
  const [program = '', ...before] = options.by === 'user' ? [join(BIN, 'artillery')] : [process.execPath, RUN_ALONE];
  const child = spawn(program, [...before, 'run', ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...cleanEnvironment(), ...options.env },
    // A group of its own, so that a signal to the group does not reach the tests.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('artillery could not be started: run npm ci first');
  const output = collectOutput(child);
  const signal = (name: NodeJS.Signals, to = 'artillery'): void => {
    process.kill(to === 'group' ? -pid : pid, name);
  };
  const timeoutMs = options.timeoutMs ?? 60_000;
  const finished = withTimeLimit(child, timeoutMs, output, () => signal('SIGKILL', 'group')).then((end) => ({
    ...end,
    stdout: output.stdout,
    stderr: output.stderr,
    durationMs: performance.now() - startedAt,
  }));
  // Nobody may be waiting for the end when a test has failed before it.
  finished.catch(() => undefined);
  return { pid, finished, printed: (pattern) => output.matched(pattern), signal };
}

/** Runs `artillery run …` to its end. */
export function runArtillery(args: readonly string[], options: ArtilleryOptions = {}): Promise<ArtilleryResult> {
  return startArtillery(args, options).finished;
}

function cleanEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '/', NODE_COMPILE_CACHE = '' } = process.env;
  return {
    PATH: `${BIN}${delimiter}${PATH}`,
    HOME,
    TZ: 'UTC',
    NO_COLOR: '1',
    ARTILLERY_DISABLE_TELEMETRY: 'true',
    NODE_COMPILE_CACHE,
  };
}

interface Output {
  stdout: string;
  stderr: string;
  both: string;
  matched(pattern: RegExp): Promise<RegExpMatchArray>;
}

function collectOutput(child: ChildProcess): Output {
  const output: Output = { stdout: '', stderr: '', both: '', matched };
  let isClosed = false;
  child.once('close', () => {
    isClosed = true;
    child.emit('printed');
  });
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
      output.both += text;
      child.emit('printed');
    });
  }
  function matched(pattern: RegExp): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = output.both.match(pattern);
        if (match !== null) resolve(match);
        else if (isClosed) reject(new Error(`artillery ended without printing ${pattern}\n${output.both}`));
      };
      child.on('printed', look);
      look();
    });
  }
  return output;
}

async function withTimeLimit(
  child: ChildProcess,
  timeoutMs: number,
  output: Output,
  kill: () => void,
): Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }> {
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    kill();
  }, timeoutMs);
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  if (isOver) throw new Error(`artillery was still running after ${timeoutMs} ms\n${output.both}`);
  return { exitCode, signal };
}
