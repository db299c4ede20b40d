import { mergeSketches } from '../stats/sketch.ts';
import type { Measurements, Slice } from './metrics.ts';
import { outputRedactor, type Redactor, redactSecrets } from './redact.ts';
import type { RunRecord } from './run-record.ts';

/**
 * A record without secrets, as every output may show it. Measurements stay as they are: their names were redacted when they
 * came in (`redactSlice`), and the text of a histogram is data.
 */
export function redactRun(record: RunRecord, redactor: Redactor = outputRedactor): RunRecord {
  const { metrics, windows, phases, configuration, ...rest } = record;
  return {
    ...redactor.texts(rest),
    configuration: redactSecrets(configuration, redactor) as RunRecord['configuration'],
    phases: phases.map(({ metrics: measured, ...phase }) => ({ ...redactor.texts(phase), metrics: measured })),
    metrics,
    windows,
  };
}

/** A slice with the names of its metrics redacted; what then has the same name is added up. */
export function redactSlice(slice: Slice, redactor: Redactor = outputRedactor): Slice {
  return { ...slice, events: renamed(slice.events, redactor, add), ...redactTotal(slice, redactor) };
}

/** Counters and histograms with their names redacted; what then has the same name is added up. */
export function redactTotal(
  { counters, histograms }: Pick<Measurements, 'counters' | 'histograms'>,
  redactor: Redactor = outputRedactor,
): Pick<Measurements, 'counters' | 'histograms'> {
  return { counters: renamed(counters, redactor, add), histograms: renamed(histograms, redactor, mergeSketches) };
}

function renamed<V>(
  metrics: Readonly<Record<string, V>>,
  redactor: Redactor,
  merge: (a: V, b: V) => V,
): Readonly<Record<string, V>> {
  const names = Object.keys(metrics);
  if (names.every((name) => redactor.text(name) === name)) return metrics;
  const result: Record<string, V> = {};
  for (const [name, value] of Object.entries(metrics)) {
    const shown = redactor.text(name);
    const present = result[shown];
    result[shown] = present === undefined ? value : merge(present, value);
  }
  return result;
}

function add(a: number, b: number): number {
  return a + b;
}
