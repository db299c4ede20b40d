import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describeMachine } from '../measure/machine.ts';
import type { StudyCase } from './cases.ts';

const TEST = fileURLToPath(new URL('./load.yml', import.meta.url));
/** What a diagnosis reads, and what the run says of itself. */
const KEPT = ['run.json', 'samples.arrow', 'system.json'] as const;

/** The quiet part and the busy part of a run, seconds. */
const QUIET_SEC = 3;
const BUSY_SEC = 14;
const QUIET_USERS = 5;
/** People who are in the middle of something may finish it; whoever waits for a broken system does not have to. */
const DRAIN_MS = 1_500;
/** A first start fills the database. */
const PATIENCE_MS = 120_000;
const KEPT_CHARACTERS = 4_000;

/** Where runs are made. */
export interface Workshop {
  /** Below it are the data of platforms. */
  readonly data: string;
  readonly documents: number;
  /** A reputation service that is well; a fault brings its own. */
  readonly reputationUrl: string;
  readonly signal: AbortSignal;
}

/**
 * Runs the platform with the fault of a case under its load, and keeps in a folder what the run left.
 *
 * @throws Error with the end of what Artillery printed when there is no run; the reason of the signal.
 */
export async function runCase(each: StudyCase, folder: string, workshop: Workshop): Promise<void> {
  const reports = mkdtempSync(join(tmpdir(), 'diagnosis-study-'));
  try {
    const printed = await runArtillery(each, reports, workshop);
    const [run] = readdirSync(reports, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    if (run === undefined) throw new Error(`${each.id} left no run. Artillery printed last:\n${printed}`);
    // Whole or not there: an interrupted study must not leave half a run behind.
    const unfinished = `${folder}.part`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    for (const file of KEPT) copyFileSync(join(reports, run.name, file), join(unfinished, file));
    const about = { ...each, measuredAt: new Date().toISOString(), machine: describeMachine() };
    writeFileSync(join(unfinished, 'case.json'), JSON.stringify(about, null, 2));
    renameSync(unfinished, folder);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

async function runArtillery(each: StudyCase, reports: string, workshop: Workshop): Promise<string> {
  const target = `http://127.0.0.1:${await freePort()}`;
  const artillery = dirname(createRequire(import.meta.url).resolve('artillery/package.json'));
  const overrides = JSON.stringify({ config: overridesOf(each, target, reports) });
  const child = spawn(
    process.execPath,
    [join(artillery, 'bin/run'), 'run', '--target', target, '--overrides', overrides, TEST],
    {
      env: environmentOf(each, workshop),
      // A group of its own: a Ctrl-C in the terminal is for the study, which ends the run itself.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const printed = keepEnd(child);
  const ended = once(child, 'exit').then(() => 'ended' as const);
  const abort = (): void => void child.kill('SIGINT');
  workshop.signal.addEventListener('abort', abort, { once: true });
  try {
    const begun = await Promise.race([untilBegun(child), ended, delay(PATIENCE_MS, 'late' as const, { ref: false })]);
    if (begun !== 'begun')
      throw new Error(`${each.id} did not begin (${begun}). Artillery printed last:\n${printed()}`);
    await Promise.race([ended, delay((QUIET_SEC + BUSY_SEC) * 1000 + DRAIN_MS, undefined, { ref: false })]);
    if (child.exitCode === null) child.kill('SIGINT');
    const late = await Promise.race([ended, delay(PATIENCE_MS, 'late' as const, { ref: false })]);
    if (late === 'late') throw new Error(`${each.id} did not end. Artillery printed last:\n${printed()}`);
  } finally {
    workshop.signal.removeEventListener('abort', abort);
    killGroup(child);
  }
  workshop.signal.throwIfAborted();
  return printed();
}

/** Lists replace those of the test. */
function overridesOf({ usersPerSec }: StudyCase, target: string, reports: string): object {
  return {
    phases: [
      { name: 'Quiet', duration: QUIET_SEC, arrivalCount: QUIET_USERS },
      { name: 'Busy', duration: BUSY_SEC, arrivalCount: Math.round(BUSY_SEC * usersPerSec) },
    ],
    plugins: {
      verdict: { reports, output: 'plain', validity: { maxSendLag: 100 } },
      'reference-platform': { address: target },
    },
  };
}

/** The fault is a variable of the process, and so stands in nothing that the run records. */
function environmentOf({ fault, seed }: StudyCase, { data, documents, reputationUrl }: Workshop): NodeJS.ProcessEnv {
  const { GITHUB_STEP_SUMMARY: _summary, FORCE_COLOR: _color, ...rest } = process.env;
  // Whoever loads documents otherwise keeps them: to load them takes longer than the run.
  const own = fault.startsWith('stale-statistics') ? 'stale' : 'usual';
  return {
    ...rest,
    ...{ SEED: seed, NO_COLOR: '1', FAULT: fault, REPUTATION_URL: reputationUrl },
    ...{ PLATFORM_DATA: join(data, own), DOCUMENTS: String(documents), LOG_LEVEL: 'silent' },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function keepEnd({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-KEPT_CHARACTERS);
    });
  }
  return () => text;
}

/** The verdict plugin says so when the first phase begins. */
async function untilBegun(child: ChildProcess): Promise<'begun'> {
  let text = '';
  const { promise, resolve } = Promise.withResolvers<'begun'>();
  child.stdout?.on('data', (chunk: string) => {
    text = (text + chunk).slice(-KEPT_CHARACTERS);
    if (/^Phase started: /m.test(text)) resolve('begun');
  });
  return promise;
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended in between.
  }
}
