import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRun } from 'proving-ground/record/index.ts';
import { type ArtilleryEngine, artilleryCommand } from '../engine/artillery-generators.ts';
import { type Cores, pinned } from '../measure/cores.ts';
import { type Session, startSession } from '../measure/session.ts';
import { startServerProcess } from '../targets/server-process.ts';
import type { Injection } from './injections.ts';

/** One run of the study. */
export interface StudyRun {
  readonly injection: Injection;
  readonly engine: ArtilleryEngine;
  /** Length of its phase. */
  readonly seconds: number;
  readonly cores: Cores | undefined;
}

/** What became of it. */
export interface StudyResult {
  /** undefined: the run left no verdict on its generator. */
  readonly outcome: 'valid' | 'not valid' | undefined;
  readonly exitCode: number | null;
  /** The verdict and its reason, or the end of the output where there is none. */
  readonly why: string;
}

const SERVER = new URL('server.ts', import.meta.url);

/** New users per second: with 2 s for an answer, twice as many are at work. */
const ARRIVALS_PER_SEC = 40;

/** Runs a test of one phase to its end, and reads what its verdict says of the generator. */
export async function runOnce(run: StudyRun): Promise<StudyResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-validity-'));
  const server = await startServerProcess('answering', SERVER, run.cores?.target, {
    DELAY_MS: String(run.injection.delayMs),
  });
  try {
    const session = startTest(run, folder, server.url);
    const beside = await startBeside(run, session, folder);
    const exitCode = await session.ended;
    await Promise.all(beside.map((program) => program.stop()));
    return readOutcome(folder, session, exitCode);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function startTest({ injection, engine, seconds, cores }: StudyRun, folder: string, url: string): Session {
  const { processor, wrap } = injection;
  const phases = [{ name: 'Steady', duration: seconds, arrivalRate: ARRIVALS_PER_SEC }];
  const test = {
    config: {
      ...engine.config,
      target: url,
      phases,
      ...(processor === undefined ? {} : { processor: './processor.cjs' }),
      plugins: { ...engine.plugins, verdict: {} },
    },
    scenarios: [{ name: 'Ask', flow: [{ get: { name: 'Ask', url: '/' } }] }],
  };
  writeFileSync(join(folder, 'test.json'), JSON.stringify(test));
  if (processor !== undefined) writeFileSync(join(folder, 'processor.cjs'), processor);
  const target = wrap === undefined ? url : 'TARGET';
  const flags = injection.name === 'few local ports' ? ['--target', target] : [];
  const { argv, env } = artilleryCommand('test.json', { NODE_OPTIONS: '' }, flags);
  const command = wrap === undefined ? argv : wrap(argv);
  return startSession(pinned(command, cores?.others), {
    cwd: folder,
    env: { ...env, DELAY_MS: String(injection.delayMs) },
    logFile: join(folder, 'output.log'),
  });
}

/** Only once the load is on: they would make Artillery start for minutes. */
async function startBeside({ injection, cores }: StudyRun, session: Session, folder: string): Promise<Session[]> {
  if (injection.beside === undefined) return [];
  while (session.isRunning() && !session.output().includes('Seed ')) await sleep(50);
  return injection
    .beside(cores)
    .map((argv, index) => startSession(argv, { cwd: folder, logFile: join(folder, `beside-${index}.log`) }));
}

function readOutcome(folder: string, session: Session, exitCode: number | null): StudyResult {
  try {
    const { validity, verdict } = readRun(join(folder, 'reports/latest'));
    return { outcome: validity?.outcome, exitCode, why: `${verdict.outcome}: ${verdict.reason}` };
  } catch {
    return { outcome: undefined, exitCode, why: session.output().slice(-500) };
  }
}
