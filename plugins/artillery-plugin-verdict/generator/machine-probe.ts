import { readFileSync, statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { MachineSecond } from 'proving-ground/record/index.ts';
import { cpuTicks, descriptorLimit, portCount, runQueueLength, tcpSockets } from './proc-files.ts';

/** Looks at the process of the generator and at its machine. Everything is about the time since the last look. */
export interface MachineProbe {
  /** `at` is milliseconds since the epoch. */
  look(): MachineSecond;
}

/** To be started in the main process. Reads some small files of /proc each time, about 50 µs in all. */
export function startMachineProbe(): MachineProbe {
  let last = readMachine();
  return {
    look: () => {
      const now = readMachine();
      const spanMs = now.timeMs - last.timeMs;
      const second: MachineSecond = {
        at: performance.timeOrigin + last.timeMs,
        spanMs: Math.round(spanMs * 10) / 10,
        processCpu: spanMs > 0 ? round4((now.processCpuMs - last.processCpuMs) / spanMs) : 0,
        ...processors(last, now),
        runQueue: runQueueLength(now.stat) ?? null,
        descriptors: openDescriptors(),
        descriptorLimit: finite(descriptorLimit(read('/proc/self/limits'))),
        ports: portsInUse(),
      };
      last = now;
      return second;
    },
  };
}

interface Machine {
  readonly timeMs: number;
  readonly processCpuMs: number;
  readonly stat: string;
}

function readMachine(): Machine {
  const { user, system } = process.cpuUsage();
  return { timeMs: performance.now(), processCpuMs: (user + system) / 1000, stat: read('/proc/stat') };
}

function processors(last: Machine, now: Machine): Pick<MachineSecond, 'cpu' | 'steal'> {
  const [before, after] = [cpuTicks(last.stat), cpuTicks(now.stat)];
  // Ticks are 10 ms long; two looks within one tell nothing.
  if (before === undefined || after === undefined || after.total <= before.total) return { cpu: null, steal: null };
  const total = after.total - before.total;
  return { cpu: round4((after.busy - before.busy) / total), steal: round4((after.steal - before.steal) / total) };
}

/** Since Linux 6.2 the size of the folder is the number of its entries; listing them could take milliseconds. */
function openDescriptors(): number | null {
  return statSync('/proc/self/fd', { throwIfNoEntry: false })?.size || null;
}

function portsInUse(): number | null {
  const sockets = tcpSockets(read('/proc/net/sockstat'));
  const ports = portCount(read('/proc/sys/net/ipv4/ip_local_port_range'));
  return sockets === undefined || ports === undefined ? null : round4(sockets / ports);
}

function finite(value: number | undefined): number | null {
  return value === undefined || value === Infinity ? null : value;
}

function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Empty where the system has no such file. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
