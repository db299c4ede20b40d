import { readdirSync, statSync } from 'node:fs';
import {
  type Meaning,
  type ProcessChoice,
  parseProcessIo,
  parseProcessMemory,
  parseProcessStat,
  type Reading,
  threadCpuMs,
} from 'proving-ground/record/system/index.ts';
import { descriptorLimit } from '../generator/proc-files.ts';
import { findProcesses } from './find-processes.ts';
import { readProc } from './read-proc.ts';
import type { Source } from './source.ts';

/** Ticks of /proc per second; Linux shows 100 to programs whatever its own clock does. */
const TICKS_PER_SECOND = 100;

/** How many looks pass until processes that came are found: it means to look at all of /proc. */
const FIND_EVERY = 5;

/** Processes of this machine: processor time, that of their main threads, memory, threads, descriptors, bytes from and to disks. */
export function processSource(system: string, choice: ProcessChoice): Source {
  const totals = createTotals();
  let pids: readonly number[] = [];
  let looks = 0;
  return {
    origin: { system, kind: 'process' },
    where: describeChoice(choice),
    look: async () => {
      if (looks % FIND_EVERY === 0 || pids.length === 0) pids = findProcesses(choice);
      looks += 1;
      const found = pids.flatMap((pid) => readProcess(pid) ?? []);
      if (found.length > 0) return readingsOf(found, totals);
      throw new Error(process.platform === 'linux' ? 'there is no such process' : 'only Linux shows its processes');
    },
    close: () => undefined,
  };
}

function describeChoice(choice: ProcessChoice): string {
  switch (choice.kind) {
    case 'pid':
      return `process ${choice.pid}${choice.withChildren ? ' and what it started' : ''}`;
    case 'port':
      return `what listens on port ${choice.port}`;
    case 'name':
      return `processes named ${choice.name}`;
  }
}

interface ProcessFacts {
  readonly identity: string;
  readonly cpuTicks: number;
  /** Of the first thread, which runs the event loop of what has one. Undefined: the system does not tell. */
  readonly mainThreadMs: number | undefined;
  readonly threads: number;
  readonly privateBytes: number;
  readonly sharedBytes: number;
  /** Undefined: not ours to see. */
  readonly descriptors: number | undefined;
  readonly descriptorLimit: number | undefined;
  readonly readBytes: number | undefined;
  readonly writtenBytes: number | undefined;
}

/** @returns undefined: it has ended. */
function readProcess(pid: number): ProcessFacts | undefined {
  // One right after the other: what is used in between is not in both.
  const mainThreadMs = threadCpuMs(readProc(`${pid}/task/${pid}/schedstat`));
  const stat = parseProcessStat(readProc(`${pid}/stat`));
  const memory = parseProcessMemory(readProc(`${pid}/status`));
  if (stat === undefined || memory === undefined) return undefined;
  return {
    identity: `${pid} ${stat.startedAtTicks}`,
    cpuTicks: stat.cpuTicks,
    mainThreadMs,
    threads: stat.threads,
    ...memory,
    descriptors: descriptorsOf(pid),
    descriptorLimit: descriptorLimit(readProc(`${pid}/limits`)),
    readBytes: undefined,
    writtenBytes: undefined,
    ...parseProcessIo(readProc(`${pid}/io`)),
  };
}

/** Since Linux 6.2 the size of the folder is the number of its entries. */
function descriptorsOf(pid: number): number | undefined {
  try {
    return statSync(`/proc/${pid}/fd`).size || readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return undefined;
  }
}

const COUNTERS = ['cpuTicks', 'mainThreadMs', 'readBytes', 'writtenBytes'] as const;

type Counter = (typeof COUNTERS)[number];

/** Adds up what processes use, also of those that have ended meanwhile: a sum over the living would go down with them. */
interface Totals {
  add(found: readonly ProcessFacts[]): Readonly<Record<Counter, number>>;
}

function createTotals(): Totals {
  const totals = { cpuTicks: 0, mainThreadMs: 0, readBytes: 0, writtenBytes: 0 };
  let last: ReadonlyMap<string, ProcessFacts> | undefined;
  return {
    add: (found) => {
      for (const facts of found) {
        const before = last?.get(facts.identity);
        // One that was there before the first look has used what it has used before the run.
        if (last === undefined) continue;
        for (const counter of COUNTERS) {
          totals[counter] += Math.max(0, (facts[counter] ?? 0) - (before?.[counter] ?? 0));
        }
      }
      last = new Map(found.map((facts) => [facts.identity, facts]));
      return totals;
    },
  };
}

function readingsOf(found: readonly ProcessFacts[], totals: Totals): Reading[] {
  const { cpuTicks, mainThreadMs, readBytes, writtenBytes } = totals.add(found);
  const sum = (pick: (facts: ProcessFacts) => number): number => found.reduce((total, facts) => total + pick(facts), 0);
  // Shared memory of a group is mostly the same memory: PostgreSQL's buffers are mapped by each of its processes.
  const shared = found.reduce((most, { sharedBytes }) => Math.max(most, sharedBytes), 0);
  const descriptors = found.flatMap((facts) => facts.descriptors ?? []);
  const limit = found.length === 1 ? found[0]?.descriptorLimit : undefined;
  return [
    counter('process.cpu', 'cores', cpuTicks / TICKS_PER_SECOND, { resource: 'processor', aspect: 'utilisation' }),
    ...(found.some((facts) => facts.mainThreadMs === undefined)
      ? []
      : [counter('process.main_thread', 'cores', mainThreadMs / 1000)]),
    gauge('process.memory', 'bytes', sum(({ privateBytes }) => privateBytes) + shared, {
      resource: 'memory',
      aspect: 'size',
    }),
    gauge('process.processes', '', found.length),
    gauge(
      'process.threads',
      '',
      sum(({ threads }) => threads),
      { resource: 'threads', aspect: 'size' },
    ),
    ...(descriptors.length < found.length
      ? []
      : [
          gauge(
            'process.descriptors',
            '',
            descriptors.reduce((a, b) => a + b, 0),
            {
              resource: 'descriptors',
              aspect: 'size',
            },
          ),
        ]),
    ...(limit === undefined || limit === Infinity ? [] : [gauge('process.descriptor_limit', '', limit)]),
    ...(found.some((facts) => facts.readBytes === undefined)
      ? []
      : [
          counter('process.disk_read', 'bytes/s', readBytes, { resource: 'disk', aspect: 'rate' }),
          counter('process.disk_written', 'bytes/s', writtenBytes, { resource: 'disk', aspect: 'rate' }),
        ]),
  ];
}

function gauge(metric: string, unit: string, value: number, meaning?: Meaning): Reading {
  return { kind: 'gauge', metric, labels: {}, unit, value, meaning };
}

function counter(metric: string, unit: string, value: number, meaning?: Meaning): Reading {
  return { kind: 'counter', metric, labels: {}, unit, value, meaning };
}
