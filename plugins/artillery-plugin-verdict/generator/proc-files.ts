// What Linux writes into /proc, read without touching it. Every function gives undefined for a text of another form.

/** `/proc/<pid>/task/<tid>/schedstat`: milliseconds that a thread has waited for a processor since it began. */
export function runQueueWaitMs(text: string): number | undefined {
  const waitNs = /^\d+ (\d+) \d+/.exec(text)?.[1];
  return waitNs === undefined ? undefined : Number(waitNs) / 1e6;
}

/** Processor time of a machine since it started, in ticks of one length. */
export interface CpuTicks {
  readonly busy: number;
  readonly steal: number;
  readonly total: number;
}

/** `/proc/stat`, first line: user nice system idle iowait irq softirq steal; guest time is part of user time. */
export function cpuTicks(text: string): CpuTicks | undefined {
  const fields = /^cpu +([\d ]+)/m.exec(text)?.[1]?.trim().split(/ +/).map(Number);
  if (fields === undefined || fields.length < 8) return undefined;
  const counted = fields.slice(0, 8);
  const total = counted.reduce((sum, ticks) => sum + ticks, 0);
  const [, , , idle = 0, ioWait = 0, , , steal = 0] = counted;
  return { busy: total - idle - ioWait - steal, steal, total };
}

/** `/proc/stat`: threads that run or could run at this moment. */
export function runQueueLength(text: string): number | undefined {
  return numberIn(text, /^procs_running (\d+)$/m);
}

/** `/proc/self/limits`: how many files and sockets a process may have open at once; Infinity where it is not limited. */
export function descriptorLimit(text: string): number | undefined {
  const limit = /^Max open files +(\d+|unlimited)/m.exec(text)?.[1];
  if (limit === undefined) return undefined;
  return limit === 'unlimited' ? Infinity : Number(limit);
}

/** `/proc/net/sockstat`: TCP sockets that hold a port: open ones, and those that wait after their end. */
export function tcpSockets(text: string): number | undefined {
  const open = numberIn(text, /^TCP: inuse (\d+)/m);
  const waiting = numberIn(text, /^TCP: .*\btw (\d+)/m);
  return open === undefined || waiting === undefined ? undefined : open + waiting;
}

/** `/proc/sys/net/ipv4/ip_local_port_range`: how many ports there are for outgoing connections to one address. */
export function portCount(text: string): number | undefined {
  const [, first, last] = /^(\d+)\s+(\d+)/.exec(text) ?? [];
  return first === undefined || last === undefined ? undefined : Number(last) - Number(first) + 1;
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
