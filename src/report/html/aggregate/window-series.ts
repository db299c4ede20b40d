import type { RunRecord } from '../../../record/index.ts';
import { decodeSketch } from '../../../stats/index.ts';
import { metricLabel } from '../../metric-label.ts';
import type { Interval } from '../shared/interval.ts';
import type { MetricSeries, StepSeries } from '../shared/report-data.ts';
import { sketchCells } from './sketch-cells.ts';

type Window = RunRecord['windows'][number];

/** The recorded windows without gaps: undefined where nothing was measured. */
export interface Windows {
  /** Milliseconds since the beginning of the report's axis. */
  readonly fromMs: number;
  readonly stepMs: number;
  readonly windows: readonly (Window | undefined)[];
}

/** Puts the windows of a run in a row. */
export function windowsOf({ windows }: RunRecord, startMs: number): Windows {
  const stepMs = windows[0]?.durationMs ?? 10_000;
  const firstMs = Date.parse(windows[0]?.startedAt ?? '') || startMs;
  const placed: (Window | undefined)[] = [];
  for (const window of windows) placed[Math.round((Date.parse(window.startedAt) - firstMs) / stepMs)] = window;
  return { fromMs: firstMs - startMs, stepMs, windows: Array.from(placed) };
}

/** What Artillery, its plugins and ours measure by themselves; everything else is a metric of the test. */
const OUR_OWN = /^(?:http|vusers|errors|journeys|generator|plugins|browser|engine|websocket|socketio)\./;

/** The metrics of the test, by name. */
export function customMetrics(row: Windows): MetricSeries[] {
  return metricsIn(row, (name) => !OUR_OWN.test(name));
}

/** What is known about the users of each journey. */
export function journeyMetrics(row: Windows): MetricSeries[] {
  return metricsIn(row, (name) => /^(?:journeys|vusers\.created_by_name)\./.test(name));
}

function metricsIn(row: Windows, isWanted: (name: string) => boolean): MetricSeries[] {
  const names = (pick: (window: Window) => object): string[] =>
    [...new Set(row.windows.flatMap((window) => (window === undefined ? [] : Object.keys(pick(window)))))]
      .filter(isWanted)
      .toSorted((a, b) => (a < b ? -1 : 1));
  return [
    ...names((window) => window.histograms).map((name) => histogramSeries(row, name)),
    ...names((window) => window.counters).map((name) => eventSeries(row, name, 'counter')),
    ...names((window) => window.rates).map((name) => eventSeries(row, name, 'rate')),
  ];
}

function eventSeries({ fromMs, stepMs, windows }: Windows, name: string, kind: 'counter' | 'rate'): MetricSeries {
  const counts = Uint32Array.from(windows, (window) => Math.max(0, (window && eventsOf(window, name, kind)) ?? 0));
  return { name, kind, unit: '', fromMs, stepMs, counts, cells: undefined, sums: undefined };
}

function eventsOf(window: Window, name: string, kind: 'counter' | 'rate'): number | undefined {
  if (kind === 'counter') return window.counters[name];
  const lengthMs = Date.parse(window.lastAt ?? '') - Date.parse(window.firstAt ?? '');
  return (window.rates[name] ?? 0) * Math.max(1, (lengthMs || 0) / 1000);
}

function histogramSeries({ fromMs, stepMs, windows }: Windows, name: string): MetricSeries {
  const sketches = windows.map((window) => {
    const encoded = window?.histograms[name];
    return encoded === undefined ? undefined : decodeSketch(encoded);
  });
  return {
    name,
    kind: 'histogram',
    unit: metricLabel(`${name}.p95`).unit,
    fromMs,
    stepMs,
    counts: Uint32Array.from(sketches, (sketch) => sketch?.count ?? 0),
    cells: sketchCells(sketches),
    sums: sketches.map((sketch) => (sketch === undefined ? null : Number(sketch.sum.toPrecision(6)))),
  };
}

/** Events per second of a counter; the first and last windows count for the part that lies in the run. */
export function counterRate({ fromMs, stepMs, windows }: Windows, name: string, run: Interval): StepSeries | undefined {
  if (!windows.some((window) => window?.counters[name] !== undefined)) return undefined;
  const values = windows.map((window, index) => {
    const from = Math.max(run.fromMs, fromMs + index * stepMs);
    const seconds = (Math.min(run.toMs, fromMs + (index + 1) * stepMs) - from) / 1000;
    return seconds <= 0.5 ? null : (window?.counters[name] ?? 0) / seconds;
  });
  return { fromMs, stepMs, values };
}

/** Virtual users under way at the end of each window. */
export function usersPresent({ fromMs, stepMs, windows }: Windows): StepSeries | undefined {
  if (!windows.some((window) => (window?.counters['vusers.created'] ?? 0) > 0)) return undefined;
  let present = 0;
  const values = windows.map((window) => {
    const { counters = {} } = window ?? {};
    present += counters['vusers.created'] ?? 0;
    present -= (counters['vusers.completed'] ?? 0) + (counters['vusers.failed'] ?? 0);
    return Math.max(0, present);
  });
  return { fromMs, stepMs, values };
}
