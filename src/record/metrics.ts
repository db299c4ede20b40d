import { copySketch, mergeSketches, type Sketch } from '../stats/sketch.ts';

/**
 * What was measured in some span of time, under Artillery's metric names. Everything in it adds up: two spans, or two
 * workers' shares of one span, are merged without loss.
 */
export interface Measurements {
  /** Numbers of events. */
  readonly counters: Readonly<Record<string, number>>;
  /** Numbers of events of metrics that Artillery calls rates. */
  readonly events: Readonly<Record<string, number>>;
  /** In the unit of the metric: milliseconds unless its name says otherwise. */
  readonly histograms: Readonly<Record<string, Sketch>>;
}

/** Measurements and the time they are from, in milliseconds since the epoch. */
export interface Slice extends Measurements {
  /** Start of the span that the slice stands for. */
  readonly startedAt: number;
  /** First and last event in it; undefined where there was none. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
}

/** What rules are evaluated on: counters, events per second, histograms. */
export interface MetricSet {
  readonly counters: Readonly<Record<string, number>>;
  readonly rates: Readonly<Record<string, number>>;
  readonly histograms: Readonly<Record<string, Sketch>>;
}

/** Artillery's total at the end of a run, with LEGACY_METRICS_FORMAT off; everything may be missing. */
export interface ArtilleryTotal {
  readonly counters?: Readonly<Record<string, number>>;
  readonly histograms?: Readonly<Record<string, Sketch>>;
}

/** The unit of addition. */
export const NO_MEASUREMENTS: Measurements = { counters: {}, events: {}, histograms: {} };

/** The union of both; neither is changed. */
export function addMeasurements(a: Measurements, b: Measurements): Measurements {
  return {
    counters: mergeRecords(a.counters, b.counters, add),
    events: mergeRecords(a.events, b.events, add),
    histograms: mergeRecords(a.histograms, b.histograms, mergeSketches),
  };
}

/** The union of two slices; it starts where the earlier one does. */
export function addSlices(a: Slice, b: Slice): Slice {
  return {
    startedAt: Math.min(a.startedAt, b.startedAt),
    firstAt: outermost(Math.min, a.firstAt, b.firstAt),
    lastAt: outermost(Math.max, a.lastAt, b.lastAt),
    ...addMeasurements(a, b),
  };
}

/**
 * Measurements as rules see them. Rates are events per second of the whole span: Artillery's own, an unweighted mean over
 * windows, reported a true 400/s as 311 (artilleryio/artillery#2690).
 *
 * @param seconds length of the span; below one second counts as one, as Artillery assumes too.
 */
export function metricSetOf({ counters, events, histograms }: Measurements, seconds: number): MetricSet {
  const rates = Object.entries(events).map(([name, count]) => [name, count / Math.max(1, seconds)]);
  return { counters, histograms, rates: Object.fromEntries(rates) };
}

/** Seconds from the first event of a slice to the last. */
export function secondsOf({ firstAt, lastAt }: Pick<Slice, 'firstAt' | 'lastAt'>): number {
  return firstAt === undefined || lastAt === undefined ? 0 : (lastAt - firstAt) / 1000;
}

/** Copies what Artillery handed over, since it goes on changing these objects after the event. */
export function copyTotal({
  counters = {},
  histograms = {},
}: ArtilleryTotal): Pick<Measurements, 'counters' | 'histograms'> {
  const sketches = Object.entries(histograms).map(([name, sketch]) => [name, copySketch(sketch)]);
  return { counters: { ...counters }, histograms: Object.fromEntries(sketches) };
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

function add(x: number, y: number): number {
  return x + y;
}

function outermost(
  pick: (...values: number[]) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : pick(a, b);
}
