import { availableMemoryBytes, type Meaning, type Reading, stalledMicros } from 'proving-ground/record/system/index.ts';
import { cpuTicks, runQueueLength } from '../generator/proc-files.ts';
import { readProc } from './read-proc.ts';
import type { Source } from './source.ts';

/** The machine that a watched process shares with the test: processors, what the hypervisor takes, what waits. */
export function machineSource(): Source {
  return {
    origin: { system: 'This machine', kind: 'process' },
    where: '/proc',
    look: async () => {
      const readings = [
        ...processors(readProc('stat')),
        ...memory(readProc('meminfo')),
        ...['cpu', 'memory', 'io'].flatMap(stalls),
      ];
      if (readings.length > 0) return readings;
      throw new Error('only Linux shows what its machine does');
    },
    close: () => undefined,
  };
}

function processors(stat: string): Reading[] {
  const ticks = cpuTicks(stat);
  const queue = runQueueLength(stat);
  const share = (metric: string, part: number, whole: number, meaning: Meaning): Reading => {
    return { metric, labels: {}, unit: '%', kind: 'ratio', part, whole, scale: 100, meaning };
  };
  return [
    ...(ticks === undefined
      ? []
      : [
          share('machine.cpu', ticks.busy, ticks.total, { resource: 'processor', aspect: 'utilisation' }),
          share('machine.steal', ticks.steal, ticks.total, { resource: 'machine', aspect: 'errors' }),
        ]),
    ...(queue === undefined
      ? []
      : [gauge('machine.run_queue', '', queue, { resource: 'machine', aspect: 'saturation' })]),
  ];
}

function memory(text: string): Reading[] {
  const available = availableMemoryBytes(text);
  return available === undefined
    ? []
    : [gauge('machine.memory_available', 'bytes', available, { resource: 'memory', aspect: 'size' })];
}

/** The share of the time in which something stood still for want of it: pressure stall information, Linux 4.20 and newer. */
function stalls(resource: string): Reading[] {
  const micros = stalledMicros(readProc(`pressure/${resource}`));
  if (micros === undefined) return [];
  // Microseconds per second to per cent.
  const scale = 1 / 10_000;
  const labels = { for: resource };
  const meaning: Meaning = { resource: 'machine', aspect: 'duration' };
  return [{ metric: 'machine.stalled', labels, unit: '%', kind: 'counter', value: micros, scale, meaning }];
}

function gauge(metric: string, unit: string, value: number, meaning: Meaning): Reading {
  return { kind: 'gauge', metric, labels: {}, unit, value, meaning };
}
