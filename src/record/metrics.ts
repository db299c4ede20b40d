import { copySketch, mergeSketches, type Sketch } from '../stats/index.ts';

/**
 * What was measured in some span of time, under Artillery's metric names. Counters are numbers of events; rates are
 * events per second; histograms are in the unit of their metric (milliseconds unless its name says otherwise).
 */
export interface MetricSet {
  readonly counters: Readonly<Record<string, number>>;
  readonly rates: Readonly<Record<string, number>>;
  readonly histograms: Readonly<Record<string, Sketch>>;
}

/** The metrics of one of Artillery's 10 s windows. Times are milliseconds since the epoch. */
export interface MetricWindow extends MetricSet {
  /** Start of the window, a multiple of 10 s. */
  readonly startedAt: number;
  /** First and last measurement in it; undefined where nothing was counted. */
  readonly firstMetricAt: number | undefined;
  readonly lastMetricAt: number | undefined;
}

/** Artillery's windows are aligned to the wall clock and cannot be changed (statsInterval has no effect). */
export const WINDOW_MS = 10_000;

/** The shape of Artillery's `stats` and `done` payloads with LEGACY_METRICS_FORMAT off; everything may be missing. */
export interface ArtilleryPeriod {
  readonly period?: number | string;
  readonly counters?: Readonly<Record<string, number>>;
  readonly rates?: Readonly<Record<string, number>>;
  readonly histograms?: Readonly<Record<string, Sketch>>;
  readonly firstMetricAt?: number;
  readonly lastMetricAt?: number;
}

/** Copies what Artillery handed over, since it goes on changing these objects after the event. */
export function windowOf(period: ArtilleryPeriod): MetricWindow {
  const histograms = Object.entries(period.histograms ?? {});
  return {
    startedAt: Number(period.period ?? 0),
    counters: { ...period.counters },
    rates: { ...period.rates },
    histograms: Object.fromEntries(histograms.map(([name, sketch]) => [name, copySketch(sketch)])),
    firstMetricAt: period.firstMetricAt,
    lastMetricAt: period.lastMetricAt,
  };
}

/** The union of two windows that start at the same time: two workers' shares of one window. */
export function mergeWindows(a: MetricWindow, b: MetricWindow): MetricWindow {
  return {
    startedAt: a.startedAt,
    counters: mergeRecords(a.counters, b.counters, (x, y) => x + y),
    rates: mergeRecords(a.rates, b.rates, (x, y) => x + y),
    histograms: mergeRecords(a.histograms, b.histograms, mergeSketches),
    firstMetricAt: outermost(Math.min, a.firstMetricAt, b.firstMetricAt),
    lastMetricAt: outermost(Math.max, a.lastMetricAt, b.lastMetricAt),
  };
}

/**
 * The whole run. Counters and histograms come from Artillery's own total where it is known, since windows that a worker
 * reports late are missing among the windows; else from the windows.
 *
 * Rates are events per second over the span from the first to the last measurement: Artillery's unweighted mean of window
 * rates reported a true 400/s as 311 (artilleryio/artillery#2690).
 */
export function totalOf(windows: readonly MetricWindow[], artilleryTotal?: ArtilleryPeriod): MetricSet {
  const total = artilleryTotal === undefined ? sumOf(windows) : windowOf(artilleryTotal);
  return { counters: total.counters, histograms: total.histograms, rates: ratesOf(windows, total.counters) };
}

function sumOf(windows: readonly MetricWindow[]): Pick<MetricSet, 'counters' | 'histograms'> {
  let counters: Readonly<Record<string, number>> = {};
  let histograms: Readonly<Record<string, Sketch>> = {};
  for (const window of windows) {
    counters = mergeRecords(counters, window.counters, (a, b) => a + b);
    histograms = mergeRecords(histograms, window.histograms, mergeSketches);
  }
  return { counters, histograms };
}

/** Rates whose events Artillery also counts, so that they are exact. */
const COUNTER_OF_RATE: Readonly<Record<string, string>> = { 'http.request_rate': 'http.requests' };

function ratesOf(windows: readonly MetricWindow[], counters: Readonly<Record<string, number>>): Record<string, number> {
  const names = new Set(windows.flatMap((window) => Object.keys(window.rates)));
  const spanSeconds = secondsBetween(
    windows.map((window) => window.firstMetricAt ?? window.startedAt).reduce((a, b) => Math.min(a, b), Infinity),
    windows.map((window) => window.lastMetricAt ?? window.startedAt).reduce((a, b) => Math.max(a, b), -Infinity),
  );
  const eventsOf = (name: string): number =>
    counters[COUNTER_OF_RATE[name] ?? ''] ??
    windows.reduce((sum, window) => sum + (window.rates[name] ?? 0) * secondsCovered(window), 0);
  return Object.fromEntries([...names].map((name) => [name, eventsOf(name) / spanSeconds]));
}

function secondsCovered(window: MetricWindow): number {
  return secondsBetween(window.firstMetricAt ?? window.startedAt, window.lastMetricAt ?? window.startedAt + WINDOW_MS);
}

/** At least one second, as Artillery itself assumes when it computes the rate of a window. */
function secondsBetween(fromMs: number, toMs: number): number {
  return Math.max(1, (toMs - fromMs) / 1000);
}

function mergeRecords<V>(
  a: Readonly<Record<string, V>>,
  b: Readonly<Record<string, V>>,
  merge: (x: V, y: V) => V,
): Record<string, V> {
  const merged = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const present = merged[name];
    merged[name] = present === undefined ? value : merge(present, value);
  }
  return merged;
}

function outermost(
  pick: (...values: number[]) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : pick(a, b);
}
