import type { Plan, PlannedPhase } from 'proving-ground/workload/plan/index.ts';

/** How many virtual users a plan starts, before `maxVusers` holds any of them back. */
export interface PlannedUsers {
  /** Between two times, in milliseconds from the start of the first phase. */
  between(fromMs: number, toMs: number): number;
  /** In the phase of this index, from 0. */
  inPhase(index: number): number;
}

/** The users of a plan, evenly spread over each phase or along its ramp. */
export function plannedUsersOf({ phases }: Pick<Plan, 'phases'>): PlannedUsers {
  const usersUntil = (ms: number): number => phases.reduce((sum, phase) => sum + usersOf(phase, ms - phase.startMs), 0);
  return {
    between: (fromMs, toMs) => usersUntil(toMs) - usersUntil(fromMs),
    inPhase: (index) => phases.find((phase) => phase.index === index)?.users.arrivals ?? 0,
  };
}

/** Users started in the first so many milliseconds of a phase: its share of the area below the line of rates. */
function usersOf(
  { durationMs, fromPerSec = 0, toPerSec = fromPerSec, users }: PlannedPhase,
  elapsedMs: number,
): number {
  const share = Math.min(Math.max(0, elapsedMs / durationMs), 1);
  const whole = fromPerSec + toPerSec;
  if (whole === 0) return 0;
  const rateThere = fromPerSec + (toPerSec - fromPerSec) * share;
  return users.arrivals * (((fromPerSec + rateThere) * share) / whole);
}
