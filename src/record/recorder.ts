import {
  type ArtilleryTotal,
  addMeasurements,
  addSlices,
  copyTotal,
  type Measurements,
  type MetricSet,
  metricSetOf,
  NO_MEASUREMENTS,
  type Slice,
  secondsOf,
} from './metrics.ts';
import { redactSlice, redactTotal } from './redact-run.ts';

/** A phase as Artillery announces it. Times are milliseconds since the epoch. */
export interface ArtilleryPhase {
  readonly index: number;
  readonly name?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly [key: string]: unknown;
}

/** A phase that was begun, with what was measured in it. */
export interface RecordedPhase {
  readonly index: number;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Undefined: the run ended inside the phase. */
  readonly endedAt: number | undefined;
  /** The phase as the test says it. */
  readonly plan: Readonly<Record<string, unknown>>;
  readonly metrics: MetricSet;
}

/** Everything that was measured so far. */
export interface Recording {
  /** Slices of ten seconds of wall-clock time, in the order of time. */
  readonly windows: readonly Slice[];
  readonly phases: readonly RecordedPhase[];
  readonly total: MetricSet;
}

/** Collects what is measured while a run goes on. */
export interface Recorder {
  phaseStarted(phase: ArtilleryPhase): void;
  phaseCompleted(phase: ArtilleryPhase): void;
  /** What one worker measured in a part of a window, in any order. */
  addSlice(slice: Slice): void;
  /** Artillery's own total, at the end of a run that was completed. */
  finish(total: ArtilleryTotal): void;
  recording(): Recording;
}

/** Length of a window. */
export const WINDOW_MS = 10_000;

/** Keys that Artillery adds to a phase; the rest is what the test says. */
const ADDED_BY_ARTILLERY = new Set(['index', 'id', 'startTime', 'endTime', 'totalWorkers', 'worker']);

interface OpenPhase extends Omit<RecordedPhase, 'metrics'> {
  readonly measured: Measurements;
}

/** An empty recorder. @param now the clock, in milliseconds since the epoch. */
export function createRecorder(now: () => number): Recorder {
  const windows = new Map<number, Slice>();
  const phases = new Map<number, OpenPhase>();
  let total: Pick<Measurements, 'counters' | 'histograms'> | undefined;

  return {
    phaseStarted: (phase) => {
      phases.set(phase.index, {
        index: phase.index,
        name: phaseName(phase),
        startedAt: phase.startTime ?? now(),
        endedAt: undefined,
        plan: Object.fromEntries(Object.entries(phase).filter(([key]) => !ADDED_BY_ARTILLERY.has(key))),
        measured: NO_MEASUREMENTS,
      });
    },
    phaseCompleted: (phase) => {
      const open = phases.get(phase.index);
      if (open !== undefined) phases.set(phase.index, { ...open, endedAt: phase.endTime ?? now() });
    },
    addSlice: (received) => {
      const slice = redactSlice(received);
      const startedAt = Math.floor(slice.startedAt / WINDOW_MS) * WINDOW_MS;
      const present = windows.get(startedAt);
      windows.set(startedAt, present === undefined ? { ...slice, startedAt } : addSlices(present, slice));
      const phase = phaseAt(phases.values(), slice.firstAt ?? slice.startedAt);
      if (phase !== undefined) phases.set(phase.index, { ...phase, measured: addMeasurements(phase.measured, slice) });
    },
    finish: (artilleryTotal) => {
      // Now: with --output Artillery turns the histograms of this very object into plain numbers right afterwards.
      total = redactTotal(copyTotal(artilleryTotal));
    },
    recording: () => {
      const ordered = [...windows.values()].toSorted((a, b) => a.startedAt - b.startedAt);
      const byIndex = [...phases.values()].toSorted((a, b) => a.index - b.index);
      return {
        windows: ordered,
        phases: byIndex.map((phase) => closePhase(phase, now())),
        total: totalOf(ordered, total),
      };
    },
  };
}

/** What a phase is called; one without a name by its number, from 1. */
export function phaseName({ name, index }: ArtilleryPhase): string {
  return name ?? `Phase ${index + 1}`;
}

/** The phase that was under way; what comes after the last one, while users finish, belongs to none. */
function phaseAt(phases: Iterable<OpenPhase>, time: number): OpenPhase | undefined {
  const begun = [...phases].filter((phase) => phase.startedAt <= time && time < (phase.endedAt ?? Infinity));
  return begun.toSorted((a, b) => b.startedAt - a.startedAt)[0];
}

function closePhase({ measured, ...phase }: OpenPhase, now: number): RecordedPhase {
  return { ...phase, metrics: metricSetOf(measured, ((phase.endedAt ?? now) - phase.startedAt) / 1000) };
}

/** Counters and histograms are Artillery's own where it finished: they are complete even if a worker fell silent. */
function totalOf(
  windows: readonly Slice[],
  artilleryTotal: Pick<Measurements, 'counters' | 'histograms'> | undefined,
): MetricSet {
  const [first, ...rest] = windows;
  const sum = first === undefined ? undefined : rest.reduce(addSlices, first);
  const measured = { ...(sum ?? NO_MEASUREMENTS), ...artilleryTotal };
  return metricSetOf(measured, sum === undefined ? 0 : secondsOf(sum));
}
