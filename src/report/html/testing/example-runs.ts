import type { RunRecord } from '../../../record/index.ts';
import type { SystemRecord } from '../../../record/system/index.ts';
import type { SyntheticEndpoint, SyntheticPhase } from './synthetic-load.ts';
import { type SyntheticOptions, type SyntheticRun, syntheticRun } from './synthetic-run.ts';
import { syntheticSystem } from './synthetic-system.ts';

const ENDPOINTS: readonly SyntheticEndpoint[] = [
  { name: 'Sign in', journey: 'Sign in and triage alerts', share: 0.08, medianMs: 32, sigma: 0.15 },
  { name: 'List alerts', journey: 'Sign in and triage alerts', share: 0.14, medianMs: 3, sigma: 0.4 },
  { name: 'Open alert', journey: 'Sign in and triage alerts', share: 0.14, medianMs: 1.6, sigma: 0.5 },
  { name: 'Acknowledge alert', journey: 'Sign in and triage alerts', share: 0.1, medianMs: 2.4, sigma: 0.4 },
  { name: 'Search', journey: 'Search for indicators', share: 0.2, medianMs: 24, sigma: 0.6 },
  { name: 'Open document', journey: 'Search for indicators', share: 0.1, medianMs: 1.9, sigma: 0.5 },
  { name: 'Next page', journey: 'Search for indicators', share: 0.06, medianMs: 28, sigma: 0.6 },
  { name: 'Dashboard', journey: 'Watch the dashboard', share: 0.08, medianMs: 11, sigma: 0.7 },
  { name: 'Time series', journey: 'Analytics report', share: 0.03, medianMs: 46, sigma: 0.7 },
  { name: 'Order report', journey: 'Analytics report', share: 0.02, medianMs: 8, sigma: 0.3 },
  { name: 'Send events', journey: 'SIEM sends events', share: 0.05, medianMs: 5, sigma: 0.5 },
];

/** Phases of a working day, `minutes` long in all; the peak is `peakPerSec` requests per second. */
export function workingDay(minutes: number, peakPerSec: number): SyntheticPhase[] {
  const seconds = Math.round((minutes * 60) / 6);
  return [
    { name: 'Warm-up', seconds, fromPerSec: peakPerSec / 10, toPerSec: peakPerSec / 2 },
    { name: 'Business hours', seconds: 2 * seconds, fromPerSec: peakPerSec / 2, toPerSec: peakPerSec / 2 },
    { name: 'Incident burst', seconds: 2 * seconds, fromPerSec: peakPerSec / 2, toPerSec: peakPerSec },
    { name: 'Cool-down', seconds, fromPerSec: peakPerSec / 4, toPerSec: peakPerSec / 4 },
  ];
}

const THRESHOLDS = [
  'p95 of "Search" < 400 ms during "Incident burst"',
  'p99 of "Sign in" < 800 ms after 30 s',
  'p95 < 250 ms',
  'error rate < 1 %',
  'rate >= 95 % of planned',
  'search.hits mean > 3',
];

const HEALTHY: SyntheticOptions = {
  endpoints: ENDPOINTS,
  phases: workingDay(6, 90),
  capacityPerSec: 110,
  slowness: 1,
  failingShare: 0,
  generatorLagMs: 0,
  seed: 'healthy',
  thresholds: THRESHOLDS,
};

/** A run in which every threshold holds. */
export function passedRun(options: Partial<SyntheticOptions> = {}): SyntheticRun {
  return syntheticRun({ ...HEALTHY, ...options });
}

/** A run past the capacity of the system: times rise, and requests fail. */
export function failedRun(options: Partial<SyntheticOptions> = {}): SyntheticRun {
  return syntheticRun({
    ...HEALTHY,
    seed: 'failed',
    phases: workingDay(6, 150),
    capacityPerSec: 110,
    failingShare: 0.08,
    ...options,
  });
}

/** A run of which also the system was watched, with what was seen of it. */
export interface WatchedRun extends SyntheticRun {
  readonly system: SystemRecord;
}

/** A run past the capacity of a system that was watched, so that a diagnosis can say why. */
export function watchedRun(options: Partial<SyntheticOptions> = {}): WatchedRun {
  const run = failedRun({ seed: 'watched', failingShare: 0.01, ...options });
  return { ...run, system: syntheticSystem(run.record, run.samples, ['API', 'PostgreSQL']) };
}

/** A run whose generator was too slow in its second half. */
export function invalidRun(options: Partial<SyntheticOptions> = {}): SyntheticRun {
  const run = syntheticRun({ ...HEALTHY, seed: 'invalid', generatorLagMs: 180, ...options });
  return { ...run, record: { ...run.record, ...slowGenerator(run.record) } };
}

/** A run that was interrupted before anything was sent. */
export function emptyRun(): SyntheticRun {
  const { record, samples } = syntheticRun({
    ...HEALTHY,
    phases: [],
    ending: { how: 'interrupted', faults: [], suggestedExitCode: 0 },
  });
  return { record, samples };
}

/** Names that break out of whatever they stand in, if anything lets them. */
export const HOSTILE_NAMES = [
  '</script><script>window.broken = 1</script>',
  '<img src=x onerror="window.broken = 1">',
  '"><svg onload=window.broken=1>',
  "'; window.broken = 1; '",
  'line\u2028separator\u2029and\u0000null',
  '\u202Egnp.exe',
  '=HYPERLINK("http://127.0.0.1","x")',
  '__proto__',
  '<!--',
] as const;

/** A run in which everything that a user, a server or a path can name is named in a hostile way. */
export function hostileRun(): WatchedRun {
  const [first, second] = HOSTILE_NAMES;
  const endpoints = HOSTILE_NAMES.map((name) => ({ name, journey: name, share: 0.1, medianMs: 5, sigma: 0.4 }));
  const phases = HOSTILE_NAMES.slice(0, 3).map((name) => ({ name, seconds: 20, fromPerSec: 30, toPerSec: 30 }));
  const run = syntheticRun({
    ...HEALTHY,
    endpoints,
    phases,
    thresholds: ['p95 < 1 ms'],
    testFile: first,
    seed: 'hostile',
  });
  const { record } = run;
  const counters = Object.fromEntries(HOSTILE_NAMES.map((name) => [`errors.${name}`, 3]));
  const rules = HOSTILE_NAMES.map((name) => ({
    ...(record.verdict.rules[0] ?? { outcome: 'failed' as const, strict: true }),
    rule: name,
    position: name,
    terms: [{ subject: name, operator: '<', observed: 2, limit: 1, unit: name, holds: false }],
  }));
  return {
    system: hostileSystem(syntheticSystem(record, run.samples, [first, second])),
    samples: { ...run.samples, names: { ...run.samples.names, error: [...HOSTILE_NAMES] } },
    record: {
      ...record,
      test: { name: first, file: first, target: first, environment: first },
      replay: first,
      seed: first,
      environment: { ...record.environment, cpuModel: first, commit: first },
      configuration: Object.fromEntries(HOSTILE_NAMES.map((name) => [name, name])),
      metrics: { ...record.metrics, counters: { ...record.metrics.counters, ...counters } },
      errorExamples: HOSTILE_NAMES.map((name) => ({
        ...{ kind: name, endpoint: name, journey: name, phase: name, said: name, saidBy: 'server' },
        at: record.startedAt,
      })),
      verdict: { ...record.verdict, reason: first, faults: [...HOSTILE_NAMES], rules },
    },
  };
}

function hostileSystem({ sources, series, ...system }: SystemRecord): SystemRecord {
  const name = (index: number): string => HOSTILE_NAMES[index % HOSTILE_NAMES.length] ?? '';
  return {
    ...system,
    texts: { '42': name(0) },
    sources: sources.map((source, index) => ({ ...source, where: name(index), warning: name(index + 1) })),
    series: series.map((each, index) => ({
      ...{ ...each, metric: `${each.metric} ${name(index)}` },
      labels: { ...each.labels, [name(index)]: name(index + 1) },
    })),
  };
}

function slowGenerator({ phases, verdict, endedAt, startedAt }: RunRecord): Partial<RunRecord> {
  const seconds = Math.floor((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) - 4;
  const isSlow = (at: number): boolean => at > seconds / 2 && at % 20 < 6;
  const text = 'A worker began requests up to 180 ms late, from 3:00 on, in 9 spans of 6 s.';
  const generator = Array.from({ length: phases.length === 0 ? 0 : seconds }, (_, at) => ({
    at,
    spanMs: 1000,
    worker: 1,
    utilisation: isSlow(at) ? 0.99 : 0.42 + 0.1 * Math.sin(at / 9),
    delayP50Ms: isSlow(at) ? 40 : 0.1,
    delayP99Ms: isSlow(at) ? 150 + (at % 7) * 5 : 1.2,
    delayMaxMs: isSlow(at) ? 180 : 3,
    lateMs: isSlow(at) ? 700 : 0,
    cpu: isSlow(at) ? 0.98 : 0.4,
    waiting: 0,
    gc: 0.02,
    heapMb: 80,
    arrivals: 9,
    sendLagP99Ms: isSlow(at) ? 165 : 0.3,
    sendLagMaxMs: isSlow(at) ? 180 : 1,
  }));
  const intervals = generator
    .filter(({ at }) => isSlow(at) && !isSlow(at - 1))
    .map(({ at }) => ({ from: at, to: at + 6, worst: 180 }));
  return {
    generator,
    validity: {
      outcome: 'not valid',
      enforced: true,
      figures: { utilisation: 0.6, lateShare: 0.15, sendLagP99Ms: 165, arrivalShare: 1 },
      findings: [
        {
          rule: 'send lag',
          outcome: 'not valid',
          observed: 165,
          limit: 10,
          unit: 'ms',
          text,
          advice: 'Use a machine with more processors, or lower the rate.',
          intervals,
        },
      ],
    },
    verdict: { ...verdict, outcome: 'not valid', reason: `the generator could not keep up: ${text}`, exitCode: 4 },
  };
}
