import type { Slice } from 'proving-ground/record/index.ts';
import { type Sketch, sketchOf } from 'proving-ground/stats/sketch.ts';
import type { MetricStore } from './artillery.ts';

/** Artillery cuts metric names here. */
const MAX_NAME_LENGTH = 1024;

/** Collects what passes through a metric store. */
export interface StoreTap {
  /** What was collected since the last call; undefined: nothing. */
  take(): Slice | undefined;
}

/** Listens in on the three methods through which everything but our own engine's reaches Artillery's metric store. */
export function tapStore(store: MetricStore, now: () => number): StoreTap {
  let open = emptySlice();
  const touch = (): void => {
    const time = now();
    open.firstAt ??= time;
    open.lastAt = time;
  };
  const { incr, histogram, rate } = store;
  store.incr = function incrAndTell(this: MetricStore, name, value, time) {
    touch();
    count(open.counters, name, value);
    incr.call(this, name, value, time);
  };
  store.histogram = function histogramAndTell(this: MetricStore, name, value, time) {
    touch();
    const key = name.slice(0, MAX_NAME_LENGTH);
    const sketch = open.histograms.get(key) ?? sketchOf([]);
    open.histograms.set(key, sketch);
    // Artillery's own sketch takes whatever a processor hands over; one NaN would spoil the sum for good.
    if (Number.isFinite(value)) sketch.accept(value);
    histogram.call(this, name, value, time);
  };
  store.rate = function rateAndTell(this: MetricStore, name, time) {
    touch();
    count(open.events, name, 1);
    rate.call(this, name, time);
  };
  return {
    take: () => {
      const { firstAt, lastAt, counters, events, histograms } = open;
      if (firstAt === undefined) return undefined;
      open = emptySlice();
      return { startedAt: firstAt, firstAt, lastAt, counters, events, histograms: Object.fromEntries(histograms) };
    },
  };
}

interface OpenSlice {
  firstAt: number | undefined;
  lastAt: number | undefined;
  readonly counters: Record<string, number>;
  readonly events: Record<string, number>;
  readonly histograms: Map<string, Sketch>;
}

function emptySlice(): OpenSlice {
  return { firstAt: undefined, lastAt: undefined, counters: {}, events: {}, histograms: new Map() };
}

function count(into: Record<string, number>, name: string, value: number): void {
  const key = name.slice(0, MAX_NAME_LENGTH);
  into[key] = (into[key] ?? 0) + value;
}
