import { summarise } from '../stats/index.ts';
import { metricSetOf, type Slice, secondsOf } from './metrics.ts';
import { type RecordedPhase, type Recording, WINDOW_MS } from './recorder.ts';

const COLUMNS = 'window_start,elapsed_s,phase,kind,metric,value,count,min,mean,p50,p90,p95,p99,max';

/**
 * Every metric of every window, one row each, for a spreadsheet or a data frame (RFC 4180). `value` is the count of a
 * counter and the events per second of a rate; histograms fill the columns from `count` on, in the unit of the metric.
 * `phase` is the phase that covers most of the window.
 */
export function metricsCsv({ windows, phases }: Pick<Recording, 'windows' | 'phases'>): string {
  const first = windows[0]?.startedAt ?? 0;
  const rows = windows.flatMap((window) => {
    const prefix = [
      new Date(window.startedAt).toISOString(),
      (window.startedAt - first) / 1000,
      phaseOf(window, phases),
    ].map(csvField);
    return rowsOf(window).map((row) => [...prefix, ...row.map(csvField)].join(','));
  });
  return `${[COLUMNS, ...rows].join('\r\n')}\r\n`;
}

type Field = string | number;

function rowsOf(window: Slice): Field[][] {
  const blank = Array.from({ length: 8 }, () => '');
  const counters = byName(window.counters).map(([name, count]) => ['counter', name, count, ...blank]);
  const rates = byName(metricSetOf(window, secondsOf(window)).rates).map(([name, rate]) => [
    'rate',
    name,
    roundToMicro(rate),
    ...blank,
  ]);
  const histograms = byName(window.histograms).flatMap(([name, sketch]) => {
    const figures = summarise(sketch);
    if (figures === undefined) return [];
    const { count, min, mean, p50, p90, p95, p99, max } = figures;
    return [['histogram', name, '', count, ...[min, mean, p50, p90, p95, p99, max].map(roundToMicro)]];
  });
  return [...counters, ...rates, ...histograms];
}

function byName<V>(record: Readonly<Record<string, V>>): [string, V][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function phaseOf(window: Slice, phases: readonly RecordedPhase[]): string {
  const end = window.startedAt + WINDOW_MS;
  let best = { name: '', overlapMs: 0 };
  for (const phase of phases) {
    const from = Math.max(window.startedAt, phase.startedAt);
    const to = Math.min(end, phase.endedAt ?? end);
    if (to - from > best.overlapMs) best = { name: phase.name, overlapMs: to - from };
  }
  return best.name;
}

/** Histograms are exact to 1 %; more digits would only pretend. */
function roundToMicro(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function csvField(field: Field): string {
  const text = String(field);
  // A spreadsheet runs a cell that starts like a formula, and metric names can carry what a server answered.
  const harmless = typeof field === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
