import type { GeneratorSecond, MachineSecond, MetricSet } from '../../../record/index.ts';
import { sketchOf } from '../../../stats/index.ts';
import type { Evidence, ValidityPhase } from '../evidence.ts';

/** The start of every made-up run, in milliseconds since the epoch. */
export const START = 1_800_000_000_000;

/** A second of a worker that had nothing to complain of. */
export const CALM: GeneratorSecond = {
  at: 0,
  spanMs: 1000,
  worker: 1,
  utilisation: 0.2,
  delayP50Ms: 0.1,
  delayP99Ms: 0.6,
  delayMaxMs: 0.9,
  lateMs: 0,
  cpu: 0.2,
  waiting: 0.01,
  gc: 0.01,
  heapMb: 60,
  arrivals: 100,
};

/** A second of a machine with plenty of everything. */
export const ROOMY: MachineSecond = {
  at: 0,
  spanMs: 1000,
  processCpu: 0.3,
  cpu: 0.2,
  steal: 0,
  runQueue: 1,
  descriptors: 40,
  descriptorLimit: 1024,
  ports: 0.05,
};

/** So many seconds in a row; those named are different. */
export function secondsOf(count: number, different: Readonly<Record<number, Partial<GeneratorSecond>>> = {}) {
  return Array.from({ length: count }, (_, at): GeneratorSecond => ({ ...CALM, at, ...different[at] }));
}

/** Metrics with these counts and values. */
export function metricsOf(
  counters: Readonly<Record<string, number>>,
  histograms: Readonly<Record<string, readonly number[]>> = {},
): MetricSet {
  const sketches = Object.entries(histograms).map(([name, values]) => [name, sketchOf(values)]);
  return { counters, rates: {}, histograms: Object.fromEntries(sketches) };
}

/** A phase of 100 users a second that went by plan. */
export function phaseOf(seconds: number, changes: Partial<ValidityPhase> = {}): ValidityPhase {
  return {
    name: 'Steady',
    startedAt: START,
    endedAt: START + seconds * 1000,
    plan: { duration: seconds, arrivalRate: 100 },
    plannedUsers: seconds * 100,
    metrics: metricsOf({ 'vusers.created': seconds * 100 }),
    ...changes,
  };
}

/** A run of one phase in which everything was in order. */
export function evidenceOf(seconds: number, changes: Partial<Evidence> = {}): Evidence {
  return {
    phases: [phaseOf(seconds)],
    metrics: metricsOf({ 'vusers.created': seconds * 100, 'http.requests': seconds * 100 }),
    generator: secondsOf(seconds),
    machine: [ROOMY],
    options: { maxSendLag: 10, enforce: true },
    ...changes,
  };
}
