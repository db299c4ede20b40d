import { isEntry } from './entry.ts';
import type { Course, Load } from './load.ts';
import type { PhaseSpec } from './phase-spec.ts';
import type { PlannedPhase, UserCount } from './plan-types.ts';

/** The phases of a plan, but for the requests in them. */
export type PhaseCourse = Omit<PlannedPhase, 'expectedRequests' | 'mix'>;

/** What happens in each phase. */
export function phaseCourses(load: Load, course: Course): PhaseCourse[] {
  return load.phases.map((phase) => {
    const { index, kind } = phase;
    const durationMs = load.phaseMs[index] ?? 0;
    const startMs = load.phaseMs.slice(0, index).reduce((sum, each) => sum + each, 0);
    const users = usersOf(index, load, course);
    return {
      index,
      name: phase.name ?? `Phase ${index + 1}`,
      kind,
      startMs,
      durationMs,
      ...ratesOf(phase, users.arrivals, durationMs),
      isRandom: phase.raw.mode === 'poisson' && (kind === 'constant' || (kind === 'ramp' && load.hasOwnArrivals)),
      ...(phase.raw.maxVusers === undefined ? {} : { maxVusers: Number(phase.raw.maxVusers) }),
      users,
      peakConcurrency: peakBetween(startMs, startMs + durationMs, course),
    };
  });
}

/** All users of a test. */
export function totalUsers(phases: readonly PhaseCourse[]): UserCount {
  const sumOf = (pick: (users: UserCount) => number): number => phases.reduce((sum, { users }) => sum + pick(users), 0);
  return {
    arrivals: sumOf(({ arrivals }) => arrivals),
    skipped: sumOf(({ skipped }) => skipped),
    started: sumOf(({ started }) => started),
    deviation: Math.sqrt(sumOf(({ deviation }) => deviation ** 2)),
  };
}

function usersOf(phase: number, { workers }: Load, course: Course): UserCount {
  const arrivals = course.arrivals[phase] ?? 0;
  const skipped = course.skipped[phase] ?? 0;
  const runs = workers.flat().filter((run) => run.phase === phase);
  const variance = runs.reduce((sum, { schedule }) => sum + schedule.variance, 0);
  return { arrivals, skipped, started: arrivals - skipped, deviation: Math.sqrt(variance) };
}

function ratesOf(
  { kind, raw }: PhaseSpec,
  arrivals: number,
  durationMs: number,
): Pick<PhaseCourse, 'fromPerSec' | 'toPerSec'> {
  if (kind === 'ramp') return { fromPerSec: Number(raw.arrivalRate ?? 0), toPerSec: Number(raw.rampTo) };
  if (arrivals === 0) return {};
  const rate = kind === 'constant' ? Number(raw.arrivalRate) : arrivals / (durationMs / 1000);
  return { fromPerSec: rate, toPerSec: rate };
}

function peakBetween(fromMs: number, toMs: number, { binMs, presentByBin }: Course): number {
  const present = presentByBin.slice(Math.floor(fromMs / binMs), Math.ceil(toMs / binMs));
  return present.reduce((most, each) => Math.max(most, each), 0);
}

/** The mix that a phase asks for, if it has one. */
export function mixOf({ raw }: PhaseSpec): Readonly<Record<string, number>> | undefined {
  if (!isEntry(raw.mix)) return undefined;
  const weights = Object.entries(raw.mix).map(([name, weight]) => [name, Number(weight) || 0] as const);
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return Object.fromEntries(weights.map(([name, weight]) => [name, sum === 0 ? 0 : weight / sum]));
}
