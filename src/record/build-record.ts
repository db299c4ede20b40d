import { decodeSketch, encodeSketch, type Sketch, summarise } from '../stats/index.ts';
import { type MetricSet, type MetricWindow, WINDOW_MS } from './metrics.ts';
import type { Recording } from './recorder.ts';
import { RUN_VERSION, type RunRecord } from './run-record.ts';

/** What is known about a run beside its measurements. */
export type RunDetails = Omit<RunRecord, 'schema' | 'version' | 'phases' | 'metrics' | 'windows'>;

/**
 * Puts a run together in the form of `run.json`.
 *
 * @param extra what other plugins computed from the whole run, such as `apdex`.
 */
export function buildRunRecord(
  details: RunDetails,
  recording: Recording,
  extra: Readonly<Record<string, number>>,
): RunRecord {
  return {
    schema: 'proving-ground/run',
    version: RUN_VERSION,
    ...details,
    phases: [...recording.phases],
    metrics: { ...metricsRecord(recording.total), extra: { ...extra } },
    windows: recording.windows.map(windowRecord),
  };
}

/** The measurements of a recorded run, ready to be evaluated again. */
export function metricsOfRecord({ metrics }: Pick<RunRecord, 'metrics'>): MetricSet {
  const histograms = mapValues(metrics.histograms, decodeSketch);
  return { counters: metrics.counters, rates: metrics.rates, histograms };
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

function windowRecord(window: MetricWindow): RunRecord['windows'][number] {
  const { startedAt, firstMetricAt, lastMetricAt, counters, rates, histograms } = window;
  return {
    startedAt: isoTime(startedAt),
    durationMs: WINDOW_MS,
    ...(firstMetricAt === undefined ? {} : { firstMetricAt: isoTime(firstMetricAt) }),
    ...(lastMetricAt === undefined ? {} : { lastMetricAt: isoTime(lastMetricAt) }),
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
