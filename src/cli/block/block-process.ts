import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../cache-folder.ts';
import { UserFault } from '../../errors.ts';
import type { BlockPhases } from '../../gate/regression/index.ts';
import { type TurnPlan, turnVariables } from '../../workload/schedule/index.ts';
import { keepEnd } from '../system/kept-output.ts';

/** One `artillery run`. */
export interface BlockProcess {
  readonly test: { readonly file: string; readonly environment: string | undefined; readonly plan: BlockPhases };
  /** Variables that are set otherwise than in the test. */
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** Options of plugins, laid over those of the test. */
  readonly plugins?: Readonly<Record<string, unknown>> | undefined;
  /** Sentences in place of those of the test; none unless said. */
  readonly thresholds?: readonly string[];
  readonly target: string;
  /** Resolves once the target can be loaded: until then Artillery only gets ready. Undefined: it can be at once. Rejects: there is no run. */
  readonly ready?: Promise<void>;
  /** Undefined: the load has all the time for itself. */
  readonly turns?: SharedTime;
  /** Variables of the process, beside ours. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of arrivals, journeys and data. */
  readonly seed: string;
  /** Below it the run makes its own folder. */
  readonly reports: string;
  readonly signal: AbortSignal;
}

/** What a block needs to know to share its time with another one. */
export interface SharedTime {
  readonly plan: TurnPlan;
  /** Says that this block could begin. Resolves when the other one could as well, with the start of the first turn: milliseconds since the epoch. */
  together(): Promise<number>;
  /** From then to the end of the last turn of either, milliseconds. */
  readonly lengthMs: number;
}

/**
 * How long after the last phase users may go on. What they send then is not part of the block, and both sides are cut
 * alike; but requests that were due before need time to be answered.
 */
const DRAIN_MS = 2_000;
/** Start, report and a slow machine; a platform that fills its database before it is there. */
const PATIENCE_MS = 120_000;
const KEPT_CHARACTERS = 4_000;
const ARTILLERY_RUN = fileURLToPath(new URL('artillery-run.ts', import.meta.url));

/**
 * Runs the test as a block, and ends it when its users had time for their last answers. The run leaves its folder, whatever its verdict.
 *
 * @returns that folder.
 * @throws UserFault `block-failed` with the end of what Artillery printed, when it ended before its phases did; of an aborted
 * block the reason of its signal; of a target that does not get ready what `ready` rejects with.
 */
export async function runBlockProcess(block: BlockProcess): Promise<string> {
  const child = spawn(process.execPath, commandLine(block), {
    env: environment(block),
    // A group of its own: a Ctrl-C in the terminal is for the gate, which ends the block itself.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may be gone before it may begin.
  child.stdin.on('error', () => undefined);
  const printed = keepEnd(child, KEPT_CHARACTERS);
  const ended = once(child, 'exit').then(() => undefined);
  const lengthMs = block.turns?.lengthMs ?? (block.test.plan.durationSec + block.test.plan.warmUpSec) * 1_000;
  const abort = (): void => end(child);
  block.signal.addEventListener('abort', abort, { once: true });
  try {
    const isPrepared = untilPrinted(child, /^Ready to begin$/m);
    const hasBegun = untilPrinted(child, /^Phase started: /m);
    const orEnd = <T>(event: Promise<T> | undefined): Promise<T | undefined> => Promise.race([event, ended]);
    const inTime = <T>(event: Promise<T>): Promise<T | undefined> =>
      orEnd(Promise.race([event, delay(PATIENCE_MS, undefined, { ref: false })]));
    await orEnd(block.ready);
    child.stdin.write('ready\n');
    await inTime(isPrepared);
    child.stdin.end(`begin ${(await orEnd(block.turns?.together())) ?? ''}\n`);
    const begun = await inTime(hasBegun);
    block.signal.throwIfAborted();
    if (begun !== 'seen') throw blockFailed(printed());
    await orEnd(delay(lengthMs + DRAIN_MS, undefined, { ref: false }));
    end(child);
    const late = await Promise.race([ended, delay(PATIENCE_MS, 'late' as const, { ref: false })]);
    if (late === 'late') throw blockFailed(printed());
  } finally {
    block.signal.removeEventListener('abort', abort);
    killGroup(child);
  }
  block.signal.throwIfAborted();
  return newestRun(block.reports, printed());
}

function newestRun(reports: string, printed: string): string {
  // Their names begin with the time.
  const newest = readdirSync(reports, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .at(-1);
  if (newest === undefined) throw blockFailed(printed);
  return join(reports, newest);
}

function commandLine(block: BlockProcess): string[] {
  const { test, target } = block;
  const environmentFlag = test.environment === undefined ? [] : ['--environment', test.environment];
  const overrides = { config: overridesOf(block) };
  const flags = ['--target', target, ...environmentFlag, '--overrides', JSON.stringify(overrides)];
  return [ARTILLERY_RUN, 'run', ...flags, test.file];
}

/** Lists replace those of the test. Its sentences are left out, since a `stop if` would cut one side; other rules change only the exit code. */
function overridesOf({ test, reports, variables, plugins, thresholds = [] }: BlockProcess): object {
  return {
    phases: test.plan.phases,
    plugins: { ...plugins, verdict: { reports, thresholds, output: 'plain' } },
    ...(variables === undefined ? {} : { variables }),
  };
}

function environment({ seed, env, turns }: BlockProcess): NodeJS.ProcessEnv {
  const { GITHUB_STEP_SUMMARY: _summary, FORCE_COLOR: _color, ...rest } = process.env;
  // Compiled code from one block for the next: a third of the time that Artillery takes to start.
  const compiled = { NODE_COMPILE_CACHE: cacheFolder() };
  return {
    ...compiled,
    ...rest,
    ...env,
    SEED: seed,
    NO_COLOR: '1',
    PROVING_GROUND_BLOCK: '1',
    PROVING_GROUND_HOLD: '1',
    ...turnVariables(turns?.plan),
  };
}

/** The launcher says so when it is ready, and the verdict plugin when the first phase begins. */
async function untilPrinted(child: ChildProcess, what: RegExp): Promise<'seen'> {
  let text = '';
  const { promise, resolve } = Promise.withResolvers<'seen'>();
  child.stdout?.on('data', (chunk: string) => {
    text = (text + chunk).slice(-KEPT_CHARACTERS);
    if (what.test(text)) resolve('seen');
  });
  return promise;
}

/** As Ctrl-C does: the run is recorded and ends. */
function end(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended in between.
  }
}

function blockFailed(printed: string): UserFault {
  const lines = printed.trim().split('\n').slice(-12).join('\n  ');
  return new UserFault('block-failed', 'a block could not be run', {
    hint: `Artillery printed last:\n  ${lines}`,
  });
}
