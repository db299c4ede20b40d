import { readdirSync, readFileSync } from 'node:fs';

const NANOSECONDS = 1e9;

/** CPU time of each thread so far, in nanoseconds, by its id. */
export type CpuTimes = ReadonlyMap<string, number>;

/**
 * CPU time of a session: all threads of all its processes, so that a generator which spreads its work over threads or
 * children is not taken for a cheap one. From the scheduler's own count in nanoseconds (`/proc/<pid>/task/<tid>/schedstat`).
 *
 * @param session id of the session: the process id of its leader.
 * @throws Error where there is no `/proc` (Linux only).
 */
export function cpuTimesOf(session: number): CpuTimes {
  const threads = processesOf(session).flatMap((pid) => threadsOf(pid).map((thread) => ({ pid, thread })));
  return new Map(threads.map(({ pid, thread }) => [thread, runTimeOf(pid, thread)]));
}

/** CPU time used between two moments, in seconds. What a thread that has ended since did after the first is not known. */
export function cpuSecondsBetween(first: CpuTimes, last: CpuTimes): number {
  const used = [...last].map(([thread, ns]) => Math.max(0, ns - (first.get(thread) ?? 0)));
  return used.reduce((sum, ns) => sum + ns, 0) / NANOSECONDS;
}

/** The processes of a session that still run. */
export function processesOf(session: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => sessionOf(pid) === session);
}

function sessionOf(pid: number): number {
  // The name of the command may hold spaces and brackets; what follows the last bracket is fixed: state, parent, group, session.
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return Number(fields[3] ?? Number.NaN);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function runTimeOf(pid: number, thread: string): number {
  return Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]);
}

/** Empty for a process that ended in the meantime. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
