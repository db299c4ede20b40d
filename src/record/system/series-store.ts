import { valueSince } from './growth.ts';
import { figureOf, type Reading } from './reading.ts';
import { type SteppedValues, steppedValues } from './stepped-values.ts';
import type { SystemSeries, SystemSource } from './system-record.ts';

/** Where readings come from. */
export type Origin = Pick<SystemSource, 'system' | 'kind'>;

/** Puts readings of several sources together into series with one value for each second. */
export interface SeriesStore {
  /**
   * Adds what a source told at one look.
   *
   * @param atMs since the first phase began; may be below 0. Looks of one source come in the order of time.
   */
  add(origin: Origin, atMs: number, readings: readonly Reading[]): void;
  /** A value that was measured over a time of its own, which needs no look before. */
  put(origin: Origin, fromMs: number, toMs: number, readings: readonly Reading[]): void;
  /** Series that did not fit any more, by their source: how many. */
  leftOut(origin: Origin): number;
  /** How many seconds a value stands for. */
  stepSeconds(): number;
  series(): SystemSeries[];
}

/** More series of one source than anybody looks at; node_exporter alone has a thousand. */
const MAX_SERIES = 600;

/** Two hours of seconds. A longer run has longer steps, so that the memory of a run that lasts for days has an end. */
const MAX_STEPS = 7_200;

interface Kept {
  readonly described: Omit<SystemSeries, 'values'>;
  readonly values: SteppedValues;
  last: Reading;
  lastAtMs: number;
}

interface SourceSeries {
  readonly byKey: Map<string, Kept>;
  readonly leftOut: Set<string>;
}

/** An empty store. @param maxSeries of one source. */
export function createSeriesStore(maxSeries = MAX_SERIES, maxSteps = MAX_STEPS): SeriesStore {
  const sources = new Map<string, SourceSeries>();
  const steps = { seconds: 1 };

  function sourceOf({ system, kind }: Origin): SourceSeries {
    const key = `${kind} ${system}`;
    const found = sources.get(key) ?? { byKey: new Map(), leftOut: new Set() };
    sources.set(key, found);
    return found;
  }

  function find(origin: Origin, reading: Reading, atMs: number): { kept: Kept; isNew: boolean } | undefined {
    const { byKey, leftOut } = sourceOf(origin);
    const key = `${figureOf(reading)} ${reading.metric} ${JSON.stringify(reading.labels)}`;
    const known = byKey.get(key);
    if (known !== undefined) return { kept: known, isNew: false };
    if (byKey.size >= maxSeries) {
      // A source whose labels never repeat must not fill the memory either.
      if (leftOut.size < maxSeries) leftOut.add(key);
      return undefined;
    }
    const kept = { described: describe(origin, reading), values: steppedValues(), last: reading, lastAtMs: atMs };
    byKey.set(key, kept);
    return { kept, isNew: true };
  }

  function makeRoom(toMs: number): void {
    while (toMs / 1000 > maxSteps * steps.seconds) {
      steps.seconds *= 2;
      for (const { byKey } of sources.values()) for (const { values } of byKey.values()) values.halve();
    }
  }

  return {
    add: (origin, atMs, readings) => {
      makeRoom(atMs);
      for (const reading of readings) {
        const found = find(origin, reading, atMs);
        if (found === undefined) continue;
        const { kept, isNew } = found;
        const spanMs = atMs - kept.lastAtMs;
        if (!isNew && spanMs <= 0) continue;
        const value = valueSince(isNew ? undefined : kept.last, reading, spanMs / 1000);
        // A gauge is about its moment; what happened between two looks is about all of the time between them.
        const fromMs =
          reading.kind === 'gauge' ? Math.max(atMs - 1000, isNew ? -Infinity : kept.lastAtMs) : kept.lastAtMs;
        if (value !== undefined) kept.values.put(fromMs, atMs, value, steps.seconds);
        kept.last = reading;
        kept.lastAtMs = atMs;
      }
    },
    put: (origin, fromMs, toMs, readings) => {
      makeRoom(toMs);
      for (const reading of readings) {
        if (reading.kind !== 'gauge') continue;
        find(origin, reading, toMs)?.kept.values.put(fromMs, toMs, reading.value, steps.seconds);
      }
    },
    leftOut: (origin) => sourceOf(origin).leftOut.size,
    stepSeconds: () => steps.seconds,
    series: () =>
      [...sources.values()].flatMap(({ byKey }) =>
        [...byKey.values()]
          .map(({ described, values }) => ({ ...described, values: values.all() }))
          .filter(({ values }) => values.some((value) => value !== null)),
      ),
  };
}

function describe({ system, kind }: Origin, reading: Reading): Omit<SystemSeries, 'values'> {
  const { metric, labels, unit, meaning } = reading;
  return { system, kind, metric, labels: { ...labels }, figure: figureOf(reading), unit, ...meaning };
}
