import { type ArtilleryPeriod, type MetricSet, type MetricWindow, mergeWindows, totalOf, windowOf } from './metrics.ts';
import type { PhaseRecord } from './run-record.ts';

/** A phase as Artillery announces it. Times are milliseconds since the epoch. */
export interface ArtilleryPhase {
  readonly index: number;
  readonly name?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly [key: string]: unknown;
}

/** Everything that was measured so far. */
export interface Recording {
  readonly windows: readonly MetricWindow[];
  readonly phases: readonly PhaseRecord[];
  readonly total: MetricSet;
}

/** Collects what Artillery's main process is told while a run goes on. */
export interface Recorder {
  phaseStarted(phase: ArtilleryPhase): void;
  phaseCompleted(phase: ArtilleryPhase): void;
  /** A window that Artillery has finished with; a second share of the same window is merged in. */
  addWindow(period: ArtilleryPeriod): void;
  /**
   * Everything the workers hold, one list per worker. Replaces the windows, which lag by up to 12 s; windows that still
   * come in on their usual way are ignored from then on, since these contain them.
   */
  replaceWindows(perWorker: readonly (readonly ArtilleryPeriod[])[]): void;
  /** Artillery's own total, at the end of a run that was completed. */
  finish(total: ArtilleryPeriod): void;
  recording(): Recording;
}

/** Keys that Artillery adds to a phase; the rest is what the test says. */
const ADDED_BY_ARTILLERY = new Set(['index', 'id', 'startTime', 'endTime', 'totalWorkers', 'worker']);

/** An empty recorder. @param now the clock, in milliseconds since the epoch. */
export function createRecorder(now: () => number): Recorder {
  let windows = new Map<number, MetricWindow>();
  const phases = new Map<number, PhaseRecord>();
  let total: ArtilleryPeriod | undefined;
  let isReplaced = false;

  function add(into: Map<number, MetricWindow>, period: ArtilleryPeriod): void {
    const window = windowOf(period);
    const present = into.get(window.startedAt);
    into.set(window.startedAt, present === undefined ? window : mergeWindows(present, window));
  }

  return {
    phaseStarted: (phase) => {
      phases.set(phase.index, {
        index: phase.index,
        name: phase.name ?? `Phase ${phase.index + 1}`,
        startedAt: isoTime(phase.startTime ?? now()),
        plan: Object.fromEntries(Object.entries(phase).filter(([key]) => !ADDED_BY_ARTILLERY.has(key))),
      });
    },
    phaseCompleted: (phase) => {
      const started = phases.get(phase.index);
      if (started !== undefined) phases.set(phase.index, { ...started, endedAt: isoTime(phase.endTime ?? now()) });
    },
    addWindow: (period) => {
      if (!isReplaced) add(windows, period);
    },
    replaceWindows: (perWorker) => {
      const replaced = new Map<number, MetricWindow>();
      for (const period of perWorker.flat()) add(replaced, period);
      windows = replaced;
      isReplaced = true;
    },
    finish: (period) => {
      total = period;
    },
    recording: () => {
      const ordered = [...windows.values()].toSorted((a, b) => a.startedAt - b.startedAt);
      const byIndex = [...phases.values()].toSorted((a, b) => a.index - b.index);
      return { windows: ordered, phases: byIndex, total: totalOf(ordered, total) };
    },
  };
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
