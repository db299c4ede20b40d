import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pinned } from '../measure/cores.ts';
import { type CpuTimes, cpuSecondsBetween, cpuTimesOf } from '../measure/cpu-time.ts';
import { type Session, startSession } from '../measure/session.ts';
import type { Target } from '../targets/target.ts';
import type { Generator, Load, Workload } from './job.ts';

/** What to measure, and for how long. */
export interface RunPlan {
  readonly generator: Generator;
  readonly workload: Workload;
  readonly load: Load;
  readonly target: Target;
  /** The core that the generator is kept to, if any. */
  readonly core: number | undefined;
  /** Length of the measuring window, in milliseconds. */
  readonly windowMs: number;
  /** Factor for the time to warm up. */
  readonly warmUpScale: number;
}

/** One measuring window of one generator. */
export interface Measurement {
  readonly requestsPerCpuSecond: number;
  readonly requestsPerSec: number;
  /** CPU time by wall-clock time; above 1 it ran on more than one core. */
  readonly utilisation: number;
}

/** Requests by which a generator has begun to work. */
const BEGUN = 20;
/** Long: on a machine that does other work, starting takes many times as long. */
const PATIENCE_MS = 120_000;
const POLL_MS = 50;

/**
 * Starts a generator, waits until it works and is warm, and measures one window: requests as the target counts them, CPU time
 * of the generator with all its threads and children. Starting and ending are outside the window.
 *
 * @throws Error with what it printed when it ends or sends nothing.
 */
export async function measureRun(plan: RunPlan): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-engine-'));
  const { workload, load, target } = plan;
  const command = plan.generator.command({ workload, load, url: target.url, folder });
  const session = startSession(pinned(command.argv, plan.core), {
    cwd: folder,
    logFile: join(folder, 'output.log'),
    ...(command.env === undefined ? {} : { env: command.env }),
  });
  try {
    await begun(session, plan);
    await sleep(plan.generator.warmUpMs * plan.warmUpScale);
    return await measureWindow(session, plan);
  } finally {
    await session.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function begun(session: Session, { target, generator }: RunPlan): Promise<void> {
  const before = await target.requestCount();
  const giveUpAt = performance.now() + PATIENCE_MS;
  while ((await target.requestCount()) - before < BEGUN) {
    await sleep(POLL_MS);
    if (!session.isRunning()) throw new Error(`${generator.name} ended at once:\n${session.output()}`);
    if (performance.now() > giveUpAt) throw new Error(`${generator.name} sent nothing:\n${session.output()}`);
  }
}

async function measureWindow(session: Session, { target, windowMs, generator }: RunPlan): Promise<Measurement> {
  const first = await snapshot(session, target);
  await sleep(windowMs);
  const last = await snapshot(session, target);
  if (!session.isRunning()) throw new Error(`${generator.name} ended while it was measured:\n${session.output()}`);
  const requests = last.requests - first.requests;
  const cpuSeconds = cpuSecondsBetween(first.cpu, last.cpu);
  const seconds = (last.atMs - first.atMs) / 1000;
  return {
    requestsPerCpuSecond: requests / cpuSeconds,
    requestsPerSec: requests / seconds,
    utilisation: cpuSeconds / seconds,
  };
}

interface Snapshot {
  readonly requests: number;
  readonly cpu: CpuTimes;
  readonly atMs: number;
}

async function snapshot(session: Session, target: Target): Promise<Snapshot> {
  const requests = await target.requestCount();
  return { requests, cpu: cpuTimesOf(session.id), atMs: performance.now() };
}
