import type { RunRecord } from '../../../record/index.ts';
import type { PhaseSpan } from '../shared/report-data.ts';

/** The time axis of a report: bins of equal length from the beginning of the first phase. */
export interface Axis {
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  readonly binMs: number;
  readonly bins: number;
  readonly phases: readonly PhaseSpan[];
}

/** More points than any screen is wide; half an hour, and what comes after the last phase, in seconds. */
const MAX_BINS = 2000;

/** Histograms in a report, which decide on its size: with more endpoints the bins are longer. */
const MAX_HISTOGRAMS = 60_000;

const BIN_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

/**
 * An axis from the first phase to the end of the run in bins of whole seconds.
 *
 * @param groups how many histograms there will be in each bin, at least 1.
 */
export function sampleAxis(record: RunRecord, firstDueMs: number, lastEndMs: number, groups: number): Axis {
  const startMs = startOf(record) ?? firstDueMs;
  const seconds = Math.max(1, (Math.max(lastEndMs, endOfPhases(record) ?? 0) - startMs) / 1000);
  const most = Math.min(MAX_BINS, MAX_HISTOGRAMS / groups);
  const binSeconds = BIN_SECONDS.find((each) => seconds / each <= most) ?? Math.ceil(seconds / most);
  return {
    startMs,
    binMs: binSeconds * 1000,
    bins: Math.ceil(seconds / binSeconds),
    phases: phaseSpans(record, startMs),
  };
}

/** An axis whose bins are the recorded windows. */
export function windowAxis(record: RunRecord): Axis {
  const [first] = record.windows;
  const last = record.windows.at(-1);
  const binMs = first?.durationMs ?? 10_000;
  const startMs = first === undefined ? Date.parse(record.startedAt) : Date.parse(first.startedAt);
  const endMs = last === undefined ? startMs : Date.parse(last.startedAt) + binMs;
  return { startMs, binMs, bins: Math.round((endMs - startMs) / binMs), phases: phaseSpans(record, startMs) };
}

function startOf({ phases }: RunRecord): number | undefined {
  return phases[0] && Date.parse(phases[0].startedAt);
}

function endOfPhases({ phases, endedAt }: RunRecord): number | undefined {
  const last = phases.at(-1);
  return last && Date.parse(last.endedAt ?? endedAt);
}

/** Phases one after another: each until the next begins, so that no moment between two is lost. */
function phaseSpans({ phases, endedAt }: RunRecord, startMs: number): PhaseSpan[] {
  return phases.map(({ name, startedAt, endedAt: ended = endedAt }, index) => ({
    name,
    fromMs: Date.parse(startedAt) - startMs,
    toMs: Date.parse(phases[index + 1]?.startedAt ?? ended) - startMs,
  }));
}
