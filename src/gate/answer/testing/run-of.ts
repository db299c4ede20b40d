import type { RunRecord } from '../../../record/index.ts';
import type { SystemRecord, SystemSeries } from '../../../record/system/index.ts';

/** When the first phase of a made-up run begins, milliseconds since the epoch. */
export const START = Date.UTC(2026, 0, 1);

/** A phase of a made-up run; they follow each other. */
export interface MadePhase {
  readonly name: string;
  readonly seconds: number;
  /** New users per second; 0: a pause. */
  readonly rate: number;
  readonly counters?: Readonly<Record<string, number>>;
}

/** A run of these phases, in which nothing else happened. @param changes replace whole fields. */
export function runOf(phases: readonly MadePhase[], changes: Partial<RunRecord> = {}): RunRecord {
  let at = START;
  const made = phases.map(({ name, seconds, rate, counters = {} }, index) => {
    const startedAt = iso(at);
    at += seconds * 1_000;
    const plan = rate === 0 ? { pause: seconds } : { duration: seconds, arrivalRate: rate };
    const metrics = { counters: { ...counters }, rates: {}, summaries: {}, histograms: {} };
    return { index, name, startedAt, endedAt: iso(at), plan, plannedUsers: rate * seconds, metrics };
  });
  return {
    schema: 'proving-ground/run',
    version: 2,
    test: { name: 'test.yml', file: 'test.yml' },
    startedAt: iso(START),
    endedAt: iso(at),
    ending: { how: 'completed', faults: [], suggestedExitCode: 0 },
    ...{ replay: '', seed: '1', configuration: {}, windows: [], phases: made },
    environment: { artillery: '2', node: 'v24', platform: 'linux', cpus: 2, cpuModel: 'x', memoryBytes: 1 },
    metrics: { counters: {}, rates: {}, summaries: {}, histograms: {}, extra: {} },
    verdict: { outcome: 'passed', reason: '', exitCode: 0, faults: [], rules: [] },
    ...changes,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** What was seen of a system, a second at a time from the beginning. */
export function systemOf(
  series: readonly (Pick<SystemSeries, 'metric' | 'values'> & Partial<SystemSeries>)[],
  texts: Readonly<Record<string, string>> = {},
): SystemRecord {
  return {
    schema: 'proving-ground/system',
    version: 1,
    startedAt: iso(START),
    stepSeconds: 1,
    sources: [],
    texts: { ...texts },
    series: series.map((each) => ({
      ...{ system: 'Shop', kind: 'prometheus', labels: {}, figure: 'value', unit: '' },
      ...each,
    })),
  };
}

/** The summary of a metric that is known by two quantiles. */
export function summaryOf(p50: number, p95: number): RunRecord['metrics']['summaries'][string] {
  return { count: 100, min: 0, max: p95, mean: p50, p50, p75: p50, p90: p95, p95, p99: p95, p999: p95 };
}
