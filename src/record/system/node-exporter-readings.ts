import type { PrometheusSample } from './prometheus-text.ts';
import type { Reading } from './reading.ts';

/** Seconds of each processor by what it did, as Prometheus's node_exporter has told them since 0.16. */
const PROCESSOR_SECONDS = 'node_cpu_seconds_total';

/** Modes in which nobody needs the processor. */
const IDLE: ReadonlySet<string | undefined> = new Set(['idle', 'iowait']);

/** Whether the sample is one of many that `machineReadings` makes one of: a processor has eight of them, and a machine dozens of processors. */
export function isOfProcessor({ name }: PrometheusSample): boolean {
  return name === PROCESSOR_SECONDS;
}

/** A machine that node_exporter watches, in the words for the machine that the test runs on; empty without samples of processors. */
export function machineReadings(samples: readonly PrometheusSample[]): Reading[] {
  const seconds = samples.filter(isOfProcessor);
  if (seconds.length === 0) return [];
  const sumOf = (parts: readonly PrometheusSample[]): number => parts.reduce((sum, { value }) => sum + value, 0);
  const share = { labels: {}, unit: '%', kind: 'ratio', whole: sumOf(seconds), scale: 100 } as const;
  return [
    {
      ...{ ...share, metric: 'machine.cpu', part: sumOf(seconds.filter(({ labels }) => !IDLE.has(labels.mode))) },
      meaning: { resource: 'processor', aspect: 'utilisation' },
    },
    {
      ...{ ...share, metric: 'machine.steal', part: sumOf(seconds.filter(({ labels }) => labels.mode === 'steal')) },
      meaning: { resource: 'machine', aspect: 'errors' },
    },
    {
      ...{ metric: 'machine.processors', labels: {}, unit: '', kind: 'gauge' },
      value: new Set(seconds.map(({ labels }) => labels.cpu)).size,
    },
  ];
}
