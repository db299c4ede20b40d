import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { isInstalled } from '../measure/cores.ts';
import { startSession } from '../measure/session.ts';
import type { CoreRun } from './held-up.ts';

/** A recording of what runs on a core. */
export interface SchedulerTrace {
  /** Ends the recording. @returns in the order of time. */
  stop(): Promise<CoreRun[]>;
}

/** How long `perf` may take to see that it cannot, milliseconds. */
const START_MS = 500;

/**
 * Records every switch between threads on one core, with `perf`, on the clock of `process.hrtime`. Like every session, the recording ends with
 * the bench.
 *
 * @param folder where it is kept. @throws Error where there is no `perf`, or it may not trace.
 */
export async function traceCore(core: number, folder: string): Promise<SchedulerTrace> {
  if (!isInstalled('perf')) throw new Error('perf is not installed (on Debian and Ubuntu: linux-perf)');
  const file = join(folder, 'perf.data');
  const events = ['-k', 'CLOCK_MONOTONIC', '-e', 'sched:sched_switch', '-C', String(core), '-m', '4M'];
  const recorder = startSession(['perf', 'record', '--quiet', ...events, '-o', file], {
    cwd: folder,
    logFile: join(folder, 'perf.log'),
  });
  await setTimeout(START_MS);
  if (!recorder.isRunning()) throw new Error(`perf cannot trace the scheduler: ${recorder.output().trim()}`);
  return {
    stop: async () => {
      // It writes the end of the file; killed, it leaves none that can be read.
      process.kill(recorder.id, 'SIGINT');
      await recorder.ended;
      return readTrace(file);
    },
  };
}

async function readTrace(file: string): Promise<CoreRun[]> {
  const script = spawn('perf', ['script', '--ns', '-F', 'time,event,trace', '-i', file], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const switches: Switch[] = [];
  for await (const line of createInterface({ input: script.stdout })) {
    const read = switchOf(line);
    if (read !== undefined) switches.push(read);
  }
  return runsBetween(switches);
}

interface Switch {
  readonly atMs: number;
  /** Who has the core from then on. */
  readonly next: string;
}

/** A line of `perf script`; undefined if it is no switch. */
export function switchOf(line: string): Switch | undefined {
  const [, seconds, next] = /(\d+\.\d+): +sched:sched_switch: .* ==> next_comm=(.*) next_pid=/.exec(line) ?? [];
  return seconds === undefined || next === undefined ? undefined : { atMs: Number(seconds) * 1000, next };
}

/** Who ran from each switch to the next. */
export function runsBetween(switches: readonly Switch[]): CoreRun[] {
  return switches
    .slice(0, -1)
    .map(({ atMs, next }, index) => ({ fromMs: atMs, toMs: switches[index + 1]?.atMs ?? atMs, thread: next }));
}
