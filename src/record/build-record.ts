import { decodeSketch, encodeSketch, type Sketch, summarise } from '../stats/index.ts';
import { type MetricSet, metricSetOf, type Slice, secondsOf } from './metrics.ts';
import { type RecordedPhase, type Recording, WINDOW_MS } from './recorder.ts';
import { redactRun } from './redact-run.ts';
import { RUN_VERSION, type RunRecord } from './run-record.ts';

/** What is known about a run beside its measurements. */
export type RunDetails = Omit<RunRecord, 'schema' | 'version' | 'phases' | 'metrics' | 'windows'>;

/** What neither the workers nor Artillery measure. */
export interface Computed {
  /** What other plugins computed from the whole run, such as `apdex`. */
  readonly extra: Readonly<Record<string, number>>;
  /** Virtual users that the plan starts in each phase, by its index. */
  readonly plannedUsers: (phaseIndex: number) => number;
}

/**
 * Puts a run together in the form of `run.json`, without secrets.
 */
export function buildRunRecord(
  details: RunDetails,
  recording: Recording,
  { extra, plannedUsers }: Computed,
): RunRecord {
  return redactRun({
    schema: 'proving-ground/run',
    version: RUN_VERSION,
    ...details,
    phases: recording.phases.map((phase) => phaseRecord(phase, plannedUsers(phase.index))),
    metrics: { ...metricsRecord(recording.total), extra: { ...extra } },
    windows: recording.windows.map(windowRecord),
  });
}

/** The measurements of a recorded run, of a phase or of a window of it, ready to be evaluated again. */
export function metricsOfSpan({ counters, rates, histograms }: RecordedSpan): MetricSet {
  return { counters, rates, histograms: mapValues(histograms, decodeSketch) };
}

type RecordedSpan = Pick<RunRecord['metrics'], 'counters' | 'rates' | 'histograms'>;

function phaseRecord(
  { startedAt, endedAt, plan, metrics, ...phase }: RecordedPhase,
  plannedUsers: number,
): RunRecord['phases'][number] {
  return {
    ...phase,
    startedAt: isoTime(startedAt),
    ...(endedAt === undefined ? {} : { endedAt: isoTime(endedAt) }),
    plan: { ...plan },
    plannedUsers,
    metrics: metricsRecord(metrics),
  };
}

function metricsRecord({ counters, rates, histograms }: MetricSet): Omit<RunRecord['metrics'], 'extra'> {
  const summaries = Object.entries(histograms).flatMap(([name, sketch]) => {
    const figures = summarise(sketch);
    return figures === undefined ? [] : [[name, figures] as const];
  });
  return {
    counters: { ...counters },
    rates: { ...rates },
    summaries: Object.fromEntries(summaries),
    histograms: encodeAll(histograms),
  };
}

function windowRecord(window: Slice): RunRecord['windows'][number] {
  const { startedAt, firstAt, lastAt } = window;
  const { counters, rates, histograms } = metricSetOf(window, secondsOf(window));
  return {
    startedAt: isoTime(startedAt),
    durationMs: WINDOW_MS,
    ...(firstAt === undefined ? {} : { firstAt: isoTime(firstAt) }),
    ...(lastAt === undefined ? {} : { lastAt: isoTime(lastAt) }),
    counters: { ...counters },
    rates: { ...rates },
    histograms: encodeAll(histograms),
  };
}

function encodeAll(histograms: Readonly<Record<string, Sketch>>): Record<string, string> {
  return mapValues(histograms, encodeSketch);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
