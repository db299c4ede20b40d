import { UserFault } from '../../errors.ts';
import { divideWork, type WorkerShare } from './divide-work.ts';
import type { EffectiveTest } from './effective-test.ts';
import { isEntry } from './entry.ts';
import { hasOwnArrivals, ownRuns } from './own-schedule.ts';
import { type PhaseSpec, phaseSpecs } from './phase-spec.ts';
import { type Outcome, simulate, type WorkerRun } from './simulate.ts';
import { workerSchedule } from './worker-schedule.ts';

/** When users arrive: the phases of a test, dealt out to workers. */
export interface Load {
  readonly phases: readonly PhaseSpec[];
  /** Whether the engine of this project starts the users, and not Artillery. */
  readonly hasOwnArrivals: boolean;
  /** How many workers Artillery could use. */
  readonly availableWorkers: number;
  /** The phases of each worker that has something to do. */
  readonly workers: readonly (readonly WorkerRun[])[];
  /** How long each phase lasts, in milliseconds. */
  readonly phaseMs: readonly number[];
  /** All phases together. */
  readonly durationMs: number;
}

/** The load in its course. */
export interface Course extends Outcome {
  /** Width of the intervals ("bins"), in milliseconds. */
  readonly binMs: number;
}

/** The timeline of a long test has wider intervals, so that there are at most about this many while it runs. */
const MOST_BINS = 3_600;

/** The same with users who stay on after the last phase: a loop of a billion rounds is a plan, too. */
const MOST_BINS_IN_ALL = 100_000;

/**
 * Reads the phases of a test and deals them out.
 *
 * @param workers how many Artillery may use, 1 or more.
 * @throws UserFault `phase-impossible`.
 */
export function loadOf(test: EffectiveTest, workers: number): Load {
  const phases = phaseSpecs(test);
  // A browser per user is work enough for one worker.
  const availableWorkers = isEntry(test.config.engines) && test.config.engines.playwright ? 1 : workers;
  const shares = divideWork(phases, availableWorkers);
  const runs = hasOwnArrivals(test.config) ? ownRuns(shares) : artilleryRuns(shares);
  const phaseMs = phases.map(({ index }) => {
    const lengths = runs.flat().filter((run) => run.phase === index);
    return Math.round(Math.max(0, ...lengths.map(({ schedule }) => schedule.lengthMs)));
  });
  const endless = phaseMs.findIndex((lengthMs) => !(lengthMs < Infinity));
  if (endless >= 0) throw neverEnds(endless, test);
  return {
    phases,
    hasOwnArrivals: hasOwnArrivals(test.config),
    availableWorkers: workers,
    workers: runs,
    phaseMs,
    durationMs: phaseMs.reduce((sum, each) => sum + each, 0),
  };
}

/**
 * Lets the load take its course.
 *
 * @param shares for each phase, how users spread over the journeys.
 * @param sessionMs how long a user of each journey stays.
 */
export function courseOf(
  { workers, durationMs }: Load,
  shares: readonly (readonly number[])[],
  sessionMs: readonly number[],
): Course {
  const longest = Math.max(0, ...sessionMs);
  const wholeMs = durationMs + longest;
  const binMs =
    Math.max(1, Math.ceil(durationMs / 1000 / MOST_BINS), Math.ceil(wholeMs / 1000 / MOST_BINS_IN_ALL)) * 1000;
  const bins = Math.ceil(wholeMs / binMs) + 1;
  const outcome = simulate({ workers, shares, sessionMs, binMs, bins });
  const shown = Math.max(1, Math.ceil(Math.max(durationMs, outcome.lastEndMs) / binMs));
  return {
    ...outcome,
    binMs,
    startedByBin: outcome.startedByBin.slice(0, shown),
    presentByBin: outcome.presentByBin.slice(0, shown),
  };
}

function artilleryRuns(shares: readonly WorkerShare[]): WorkerRun[][] {
  return shares.map((share, worker) =>
    share.map(({ index, raw }) => ({ phase: index, schedule: workerSchedule(raw, worker + 1, shares.length) })),
  );
}

function neverEnds(index: number, { locate }: EffectiveTest): UserFault {
  const message = `phase ${index + 1} is shorter than the time between two of its users; Artillery would never end it`;
  return new UserFault('phase-impossible', message, {
    position: locate(['phases', index, 'duration']) ?? locate(['phases', index]),
    hint: 'Make it longer, or let more users arrive.',
  });
}
