import { calibrate } from './calibrate.ts';
import { expectedRequests, plannedEndpoints, plannedJourneys } from './demand.ts';
import type { EffectiveTest } from './effective-test.ts';
import type { PhaseUsers } from './expectation.ts';
import { readJourneys, readOnce, sharesOf } from './journeys.ts';
import { createKnownValues } from './known-values.ts';
import { type Course, courseOf, type Load, loadOf } from './load.ts';
import type { MeasuredRun } from './measured-run.ts';
import { notesOf } from './notes.ts';
import { hasOwnArrivals } from './own-schedule.ts';
import { payloadTables } from './payload.ts';
import type { Plan, PlannedJourney } from './plan-types.ts';
import { mixOf, type PhaseCourse, phaseCourses, totalUsers } from './planned-phases.ts';
import { sessionLength } from './session-length.ts';

/** What a plan is made with beside the test. */
export interface PlanOptions {
  /** How many workers Artillery may use; see `defaultWorkers`. 1 or more. */
  readonly workers: number;
  /** How long a user stays, in milliseconds, if the caller knows better. */
  readonly sessionMs?: number | undefined;
  /** A run to learn from. */
  readonly measured?: MeasuredRun | undefined;
  /** Whether the caller asked for that run; else it only fills in what the YAML does not say. */
  readonly measuredIsWanted?: boolean | undefined;
  /** Assumed time from a request to its answer, in milliseconds (50). */
  readonly responseMs?: number | undefined;
}

const DEFAULT_RESPONSE_MS = 50;
/** What a `function:` step is assumed to take when nothing better is known: people think, and functions let them. */
const FUNCTION_MS = 1_000;

/**
 * Computes what a test will do, by the rules of Artillery 2.0.34. Nothing is sent.
 *
 * @throws UserFault `phase-impossible`, `journey-impossible`, `payload-unreadable`.
 */
export function makePlan(test: EffectiveTest, options: PlanOptions): Plan {
  const load = loadOf(test, options.workers);
  const assumed = { responseMs: options.responseMs ?? DEFAULT_RESPONSE_MS, functionMs: FUNCTION_MS };
  const values = createKnownValues(test.config, payloadTables(test), Math.max(1, load.workers.length));
  const journeys = readJourneys(test, { values, ...assumed });
  const session = sessionLength(journeys, {
    givenMs: options.sessionMs,
    measured: options.measured,
    measuredIsWanted: options.measuredIsWanted === true,
  });
  const shares = load.phases.map((phase) => sharesOf(phase, journeys, test));
  const course = courseOf(load, shares, session.byJourneyMs);
  const courses = phaseCourses(load, course);
  const users = courses.map((phase) => usersIn(phase, shares[phase.index] ?? []));
  const demands = calibrate(journeys, options.measured);
  const hooks = [readOnce(test, 'before', { values, ...assumed }), readOnce(test, 'after', { values, ...assumed })];
  const planned = plannedJourneys(journeys, demands, users, session.byJourneyMs);
  const plan = {
    test: { file: test.file, environment: test.environment, target: targetOf(test) },
    workers: load.workers.length,
    startedBy: load.hasOwnArrivals ? ('undici' as const) : ('artillery' as const),
    durationMs: load.durationMs,
    tailMs: Math.max(0, course.lastEndMs - load.durationMs),
    users: totalUsers(courses),
    requests: {
      ...expectedRequests(demands, users),
      once: hooks.reduce((sum, each) => sum + (each?.total.mean ?? 0), 0),
    },
    session: { source: session.source, meanMs: meanSessionMs(planned), ...assumed },
    measured: options.measured && { run: options.measured.label, startedAt: options.measured.startedAt },
    phases: courses.map((phase, index) => ({
      ...phase,
      expectedRequests: expectedRequests(demands, users.slice(index, index + 1)).expected,
      mix: mixIn(load, index, test),
    })),
    journeys: planned,
    endpoints: plannedEndpoints(demands, users),
    ...timelineOf(course, load.durationMs),
  };
  return { ...plan, notes: notesOf(plan, { test, load, journeys, measured: options.measured }) };
}

function usersIn({ users }: PhaseCourse, shares: readonly number[]): PhaseUsers {
  return { started: users.started, variance: users.deviation ** 2, shares };
}

function mixIn({ phases }: Load, index: number, { config }: EffectiveTest): ReturnType<typeof mixOf> {
  const phase = phases[index];
  return phase === undefined || !hasOwnArrivals(config) ? undefined : mixOf(phase);
}

function timelineOf(course: Course, durationMs: number): Pick<Plan, 'timeline' | 'concurrency' | 'peakArrivalsPerSec'> {
  const { binMs, presentByBin } = course;
  const arrivalsPerSec = course.startedByBin.map((started) => started / (binMs / 1000));
  const present = presentByBin.reduce((sum, each) => sum + each, 0);
  return {
    timeline: { binMs, arrivalsPerSec, concurrency: presentByBin },
    peakArrivalsPerSec: largest(arrivalsPerSec),
    concurrency: { peak: largest(presentByBin), mean: durationMs === 0 ? 0 : (present * binMs) / durationMs },
  };
}

/** Of numbers that are not negative. Not by Math.max with a spread: there may be millions of bins. */
function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function meanSessionMs(journeys: readonly PlannedJourney[]): number {
  return journeys.reduce((sum, { share, sessionMs }) => sum + share * sessionMs, 0);
}

function targetOf({ config }: EffectiveTest): string | undefined {
  return typeof config.target === 'string' ? config.target : undefined;
}
