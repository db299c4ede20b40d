import { phaseSeconds } from 'proving-ground/workload/plan/milliseconds.ts';

/** How many virtual users a plan starts. */
export interface PlannedUsers {
  /** Between two times, in milliseconds from the start of the first phase. */
  between(fromMs: number, toMs: number): number;
  /** In the phase of this index, from 0. */
  inPhase(index: number): number;
}

interface PlannedPhase {
  readonly fromSecond: number;
  readonly seconds: number;
  /** Users per second at its start and at its end. */
  readonly fromRate: number;
  readonly toRate: number;
}

/**
 * The plan of `config.phases`: arrivals at a rate that is even or rises evenly. `maxVusers` is no part of it: users that are
 * skipped because too many others are still at work were planned all the same.
 */
export function plannedUsersOf(phases: unknown): PlannedUsers {
  const planned = plannedPhases(Array.isArray(phases) ? phases : []);
  const usersUntil = (second: number): number =>
    planned.reduce((sum, phase) => sum + usersOf(phase, second - phase.fromSecond), 0);
  return {
    between: (fromMs, toMs) => usersUntil(toMs / 1000) - usersUntil(fromMs / 1000),
    inPhase: (index) => {
      const phase = planned[index];
      return phase === undefined ? 0 : usersOf(phase, phase.seconds);
    },
  };
}

function plannedPhases(phases: readonly unknown[]): PlannedPhase[] {
  let fromSecond = 0;
  return phases.map((phase) => {
    const spec: Readonly<Record<string, unknown>> = typeof phase === 'object' && phase !== null ? { ...phase } : {};
    const seconds = phaseSeconds(spec.duration ?? spec.pause) ?? 0;
    const planned = { fromSecond, seconds, ...ratesOf(spec, seconds) };
    fromSecond += seconds;
    return planned;
  });
}

function ratesOf(phase: Readonly<Record<string, unknown>>, seconds: number): { fromRate: number; toRate: number } {
  if (phase.arrivalCount !== undefined) {
    const rate = seconds === 0 ? 0 : Number(phase.arrivalCount) / seconds;
    return { fromRate: rate, toRate: rate };
  }
  const fromRate = Number(phase.arrivalRate ?? 0);
  return { fromRate, toRate: Number(phase.rampTo ?? fromRate) };
}

/** Users started in the first so many seconds of a phase: the area below its line of rates. */
function usersOf({ seconds, fromRate, toRate }: PlannedPhase, elapsed: number): number {
  const within = Math.min(Math.max(0, elapsed), seconds);
  if (within === 0) return 0;
  const rateThere = fromRate + ((toRate - fromRate) * within) / seconds;
  return ((fromRate + rateThere) / 2) * within;
}
