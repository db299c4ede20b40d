// What watching costs the system that is watched: processor time of the reference platform and of its PostgreSQL while nobody
// uses them, with and without the looks of every second, in turns.
//
//   node bench/monitor.ts              # two minutes
//   node bench/monitor.ts --short      # half a minute
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { whatToWatch } from '../plugins/artillery-plugin-reference-platform/what-to-watch.ts';
import { findProcesses } from '../plugins/artillery-plugin-verdict/monitor/find-processes.ts';
import { sourcesOf } from '../plugins/artillery-plugin-verdict/monitor/sources-of.ts';
import { createSystemMonitor } from '../plugins/artillery-plugin-verdict/monitor/system-monitor.ts';
import { type CpuTimes, cpuSecondsBetween } from './measure/cpu-time.ts';
import { describeLoad, describeMachine } from './measure/machine.ts';
import { startSession, stopAllSessions } from './measure/session.ts';

const { values: options } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const SPAN_MS = options.short ? 4_000 : 15_000;
const PORT = 4_691;
const ORIGIN = `http://127.0.0.1:${PORT}`;
const folder = mkdtempSync(join(tmpdir(), 'bench-monitor-'));
const env = { PORT: String(PORT), PLATFORM_DATA: join(folder, 'data'), DOCUMENTS: '20000' };

try {
  console.log(`${describeMachine()}; ${await describeLoad()}`);
  const platform = startSession([process.execPath, 'fixtures/platform/src/main.ts'], {
    ...{ cwd: process.cwd(), env, logFile: join(folder, 'log') },
  });
  await untilReady();
  const spans: { readonly isWatched: boolean; readonly cores: number }[] = [];
  for (let turn = 0; turn < 8; turn += 1) {
    const isWatched = turn % 2 === 1;
    spans.push({ isWatched, cores: await coresUsed(platform.id, isWatched) });
    console.log(`${isWatched ? 'watched    ' : 'not watched'} ${perCent(spans.at(-1)?.cores ?? 0)} of a core`);
  }
  const mean = (isWatched: boolean): number => {
    const own = spans.filter((span) => span.isWatched === isWatched);
    return own.reduce((sum, { cores }) => sum + cores, 0) / own.length;
  };
  console.log(`watching costs ${perCent(mean(true) - mean(false))} of a core`);
} finally {
  await stopAllSessions();
  rmSync(folder, { recursive: true, force: true });
}

/** Processor time of the platform and everything that it started, in cores. */
async function coresUsed(pid: number, isWatched: boolean): Promise<number> {
  const monitor = createSystemMonitor((line) => console.error(line));
  if (isWatched) monitor.start(Date.now(), () => sourcesOf(whatToWatch({ origin: ORIGIN, pid, env })));
  // Connections and the plans of questions are made once.
  await sleep(2_000);
  const [before, startedAt] = [timesOf(pid), performance.now()];
  await sleep(SPAN_MS);
  const seconds = (performance.now() - startedAt) / 1000;
  const used = cpuSecondsBetween(before, timesOf(pid)) / seconds;
  monitor.stop();
  return used;
}

/** Nanoseconds of each thread, by the scheduler's own count. */
function timesOf(pid: number): CpuTimes {
  const pids = findProcesses({ kind: 'pid', pid, withChildren: true });
  const threads = pids.flatMap((each) => readdirSync(`/proc/${each}/task`).map((thread) => `${each}/task/${thread}`));
  return new Map(threads.map((thread) => [thread, runTimeOf(thread)]));
}

function runTimeOf(thread: string): number {
  return Number(readFileSync(`/proc/${thread}/schedstat`, 'utf8').split(' ')[0]);
}

async function untilReady(): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const answer = await fetch(`${ORIGIN}/ready`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await sleep(100);
  }
  throw new Error('the platform did not get ready within a minute');
}

function perCent(cores: number): string {
  return `${(cores * 100).toFixed(2)} %`;
}
