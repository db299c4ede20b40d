import { type MetricSet, metricsOfSpan, type RunRecord } from '../../record/index.ts';
import type { Observation, Tracker } from './tracker.ts';

/**
 * Lets a tracker see a recorded run. A sentence about a whole phase or the whole run sees each phase as one span, as it was
 * measured. One with `after` or `for` sees the recorded windows of ten seconds, where the run itself was looked at every
 * second: `for` then means whole recorded windows, and a phase begins with the first window that lies inside it.
 */
export function replay(record: RunRecord, tracker: Tracker): void {
  const { afterMs, forMs } = tracker.sentence;
  const observations = afterMs === undefined && forMs === undefined ? phaseSpans(record) : windowSpans(record);
  for (const observation of observations) tracker.observe(observation);
}

type Phase = RunRecord['phases'][number];

function phaseSpans({ phases, endedAt }: RunRecord): Observation[] {
  const runStart = startOf(phases);
  return phases.map((phase) => {
    const startedAt = Date.parse(phase.startedAt);
    const seconds = (Date.parse(phase.endedAt ?? endedAt) - startedAt) / 1000;
    return {
      startedAt,
      elapsedMs: startedAt - runStart,
      seconds,
      plannedUsers: phase.plannedUsers,
      phase: { name: phase.name, elapsedMs: 0 },
      measured: measuredIn(metricsOfSpan(phase.metrics), seconds),
    };
  });
}

function windowSpans({ phases, windows, endedAt }: RunRecord): Observation[] {
  const runStart = startOf(phases);
  return windows.map((window) => {
    const startedAt = Date.parse(window.startedAt);
    const seconds = window.durationMs / 1000;
    const phase = phases.findLast((candidate) => Date.parse(candidate.startedAt) <= startedAt);
    return {
      startedAt,
      elapsedMs: startedAt - runStart,
      seconds,
      plannedUsers: phase === undefined ? 0 : (phase.plannedUsers * window.durationMs) / lengthOf(phase, endedAt),
      phase: phase && { name: phase.name, elapsedMs: startedAt - Date.parse(phase.startedAt) },
      measured: measuredIn(metricsOfSpan(window), seconds),
    };
  });
}

function measuredIn({ counters, rates, histograms }: MetricSet, seconds: number): Observation['measured'] {
  const events = Object.entries(rates).map(([name, rate]) => [name, rate * Math.max(1, seconds)]);
  return { counters, events: Object.fromEntries(events), histograms };
}

function startOf([first]: readonly Phase[]): number {
  return first === undefined ? 0 : Date.parse(first.startedAt);
}

function lengthOf(phase: Phase, runEndedAt: string): number {
  return Date.parse(phase.endedAt ?? runEndedAt) - Date.parse(phase.startedAt);
}
