import { NO_MEASUREMENTS, type Slice } from 'proving-ground/record/metrics.ts';
import { type Sketch, sketchOf } from 'proving-ground/stats/sketch.ts';

/** Metrics of some span of time that is still going on. */
export interface Tally {
  /** @param now milliseconds since the epoch. */
  count(name: string, amount: number, now: number): void;
  /** An event of a metric that is reported per second. */
  event(name: string, now: number): void;
  /** @param value in the unit of the metric. */
  observe(name: string, value: number, now: number): void;
  /** Ends the span; undefined if nothing was told. */
  take(): Slice | undefined;
}

/** An empty tally. */
export function createTally(): Tally {
  const counters = new Map<string, number>();
  const events = new Map<string, number>();
  const histograms = new Map<string, Sketch>();
  let firstAt: number | undefined;
  let lastAt = 0;

  function touch(now: number): void {
    firstAt ??= now;
    lastAt = now;
  }

  return {
    count: (name, amount, now) => {
      touch(now);
      counters.set(name, (counters.get(name) ?? 0) + amount);
    },
    event: (name, now) => {
      touch(now);
      events.set(name, (events.get(name) ?? 0) + 1);
    },
    observe: (name, value, now) => {
      if (!Number.isFinite(value)) return;
      touch(now);
      const known = histograms.get(name);
      if (known === undefined) histograms.set(name, sketchOf([value]));
      else known.accept(value);
    },
    take: () => {
      if (firstAt === undefined) return undefined;
      const slice: Slice = {
        ...NO_MEASUREMENTS,
        startedAt: firstAt,
        firstAt,
        lastAt,
        counters: Object.fromEntries(counters),
        events: Object.fromEntries(events),
        histograms: Object.fromEntries(histograms),
      };
      counters.clear();
      events.clear();
      histograms.clear();
      firstAt = undefined;
      return slice;
    },
  };
}
