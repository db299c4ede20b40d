// What Linux writes into /proc of processes and of the machine, read without touching it. Every function gives undefined for a
// text of another form.

/** `/proc/<pid>/stat`, as far as it is used. */
export interface ProcessStat {
  readonly name: string;
  readonly parent: number;
  /** Processor time of its own, in ticks of 10 ms. */
  readonly cpuTicks: number;
  readonly threads: number;
  /** Ticks after the start of the machine; tells a process from another that has its number later. */
  readonly startedAtTicks: number;
}

/** The name in parentheses may hold spaces and parentheses itself: it ends with the last one. */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  const fields = text
    .slice(close + 2)
    .split(' ')
    .map(Number);
  const [, parent] = fields;
  // Fields 14, 15, 20 and 22 of proc(5); field 3 is the first here.
  const times = fields.slice(11, 13);
  const [threads, startedAtTicks] = [fields[17], fields[19]];
  if (open < 0 || close < open || parent === undefined || times.length < 2) return undefined;
  if (threads === undefined || startedAtTicks === undefined) return undefined;
  const cpuTicks = times.reduce((sum, ticks) => sum + ticks, 0);
  return { name: text.slice(open + 1, close), parent, cpuTicks, threads, startedAtTicks };
}

/** Memory of a process that is in use, in bytes. */
export interface ProcessMemory {
  /** Its own. */
  readonly privateBytes: number;
  /** Files and shared memory, which other processes may count as well. */
  readonly sharedBytes: number;
}

/** `/proc/<pid>/status`. */
export function parseProcessMemory(text: string): ProcessMemory | undefined {
  const kib = (name: string): number | undefined => numberIn(text, new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'));
  const [anonymous, file, shared] = [kib('RssAnon'), kib('RssFile'), kib('RssShmem')];
  if (anonymous === undefined || file === undefined || shared === undefined) return undefined;
  return { privateBytes: anonymous * 1024, sharedBytes: (file + shared) * 1024 };
}

/** `/proc/<pid>/io`: bytes that went to and came from disks. */
export function parseProcessIo(
  text: string,
): { readonly readBytes: number; readonly writtenBytes: number } | undefined {
  const readBytes = numberIn(text, /^read_bytes: (\d+)/m);
  const writtenBytes = numberIn(text, /^write_bytes: (\d+)/m);
  return readBytes === undefined || writtenBytes === undefined ? undefined : { readBytes, writtenBytes };
}

/** `/proc/<pid>/task/<tid>/schedstat`: milliseconds that the thread was on a processor. Finer than ticks, and of one thread. */
export function threadCpuMs(text: string): number | undefined {
  const nanoseconds = numberIn(text, /^(\d+) \d+ \d+/);
  return nanoseconds === undefined ? undefined : nanoseconds / 1e6;
}

/** `/proc/<pid>/task/<tid>/children`: numbers of processes. */
export function parseChildren(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}

const LISTENING = '0A';

/** `/proc/net/tcp` and `tcp6`: the inodes of sockets that listen on a port. */
export function listenersOn(port: number, text: string): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    return state === LISTENING && local.endsWith(`:${wanted}`) ? [inode] : [];
  });
}

/** `/proc/meminfo`: bytes that could be given to programs without swapping. */
export function availableMemoryBytes(text: string): number | undefined {
  const kib = numberIn(text, /^MemAvailable:\s+(\d+) kB/m);
  return kib === undefined ? undefined : kib * 1024;
}

/** `/proc/pressure/*`: microseconds since the start in which some task stood still for want of the resource. */
export function stalledMicros(text: string): number | undefined {
  return numberIn(text, /^some .*total=(\d+)/m);
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
