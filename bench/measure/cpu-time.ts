import { readdirSync, readFileSync } from 'node:fs';

const NANOSECONDS = 1e9;

/**
 * CPU time that a session has used so far, in seconds: all threads of all its processes, so that a generator which spreads
 * its work over threads or children is not taken for a cheap one. From the scheduler's own count in nanoseconds
 * (`/proc/<pid>/task/<tid>/schedstat`); a thread that ended is not counted any more.
 *
 * @param session id of the session: the process id of its leader.
 * @throws Error where there is no `/proc` (Linux only).
 */
export function cpuSecondsOf(session: number): number {
  return processesOf(session)
    .flatMap((pid) => threadsOf(pid).map((thread) => runTimeOf(pid, thread)))
    .reduce((sum, ns) => sum + ns / NANOSECONDS, 0);
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
