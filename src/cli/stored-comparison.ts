import { UserFault } from '../errors.ts';
import { type BaselineRecord, figuresOfBaseline } from '../gate/baseline/index.ts';
import { phaseTimesOf } from '../gate/index.ts';
import {
  compareRuns,
  identityOf,
  jointIdentity,
  type MeasureOptions,
  measureRun,
  type Obstacle,
  obstaclesBetween,
  type RunIdentity,
  type StoredComparison,
  type StoredFigures,
  storedRunOf,
} from '../gate/regression/index.ts';
import type { RunRecord } from '../record/index.ts';
import type { reportSources } from '../report/html/index.ts';
import { createRandom, type Random } from '../stats/index.ts';

/** A run on one side of a comparison. */
export interface LabelledRun {
  readonly label: string;
  readonly sources: ReturnType<typeof reportSources>;
}

/** What runs are compared with when it is not runs. */
export interface LabelledBaseline {
  readonly label: string;
  readonly baseline: BaselineRecord;
}

/** Where no phase is called a warm-up: this share of the plan, and at most so many seconds. */
const WARM_UP_SHARE = 0.1;
const LONGEST_WARM_UP_SEC = 30;

/** A thousand resamples of a million requests take minutes, and two hundred tell the same to a few per cent of the interval. */
const MANY_REQUESTS = 100_000;

/**
 * Compares stored runs with intervals.
 *
 * @param before at least one run, or a baseline. @param after at least one.
 * @param warmUpSec undefined: that of the baseline, the first phase where it is called a warm-up, else a tenth of the plan, at most
 * 30 s.
 * @throws UserFault `runs-not-comparable` where figures would answer different questions, `option-value` for another warm-up
 * than that of the baseline.
 */
export function compareStored(
  before: readonly LabelledRun[] | LabelledBaseline,
  after: readonly LabelledRun[],
  warmUpSec: number | undefined,
): StoredComparison {
  // A fixed seed: the same runs give the same table.
  const random = createRandom('compare stored runs');
  if ('baseline' in before) return besideBaseline(before, after, warmUpSec, random);
  const [first] = before;
  if (first === undefined) throw new RangeError('there is a run to compare with');
  const flagged = [
    ...obstaclesOf(first.label, jointly(before), before.slice(1)),
    ...obstaclesOf(first.label, jointly(before), after),
  ];
  const warmUp = warmUpSec ?? defaultWarmUpSec(first.sources.record);
  const resamples = resamplesFor([...before, ...after]);
  const measured = (runs: readonly LabelledRun[]): StoredFigures[] =>
    runs.map((run) => figuresOf(run, { warmUpSec: warmUp, random, resamples }));
  return { warmUpSec: warmUp, flagged: distinct(flagged), rows: compareRuns(measured(before), measured(after)) };
}

function besideBaseline(
  { label, baseline }: LabelledBaseline,
  after: readonly LabelledRun[],
  wantedSec: number | undefined,
  random: Random,
): StoredComparison {
  const { warmUpSec, identity } = baseline;
  if (wantedSec !== undefined && wantedSec !== warmUpSec) {
    throw new UserFault('option-value', `--warm-up is ${wantedSec} s, and ${label} leaves out ${warmUpSec} s`, {
      hint: 'Leave the option out; the runs beside a baseline have its warm-up.',
    });
  }
  const flagged = distinct(obstaclesOf(label, identity, after));
  const options = { warmUpSec, random, resamples: resamplesFor(after) };
  const candidates = after.map((run) => figuresOf(run, options));
  return { warmUpSec, flagged, rows: compareRuns(figuresOfBaseline(baseline, random), candidates) };
}

function resamplesFor(runs: readonly LabelledRun[]): number {
  return Math.max(...runs.map(({ sources }) => sources.samples?.count ?? 0)) > MANY_REQUESTS ? 200 : 1000;
}

/** Runs against what they are compared with; their seeds as one side, since among several any seed is one more. */
function obstaclesOf(firstLabel: string, first: RunIdentity, others: readonly LabelledRun[]): Obstacle[] {
  if (others.length === 0) return [];
  const { seedPolicy } = jointly(others);
  return others.flatMap(({ label, sources }) => {
    const obstacles = obstaclesBetween(first, { ...identityOf(sources.record), seedPolicy });
    const refused = obstacles.filter(({ kind }) => kind === 'refused');
    if (refused.length > 0) throw notComparable(firstLabel, label, refused);
    return obstacles;
  });
}

function jointly(runs: readonly LabelledRun[]): RunIdentity {
  const [first, ...others] = runs.map(({ sources }) => identityOf(sources.record));
  if (first === undefined) throw new RangeError('there is a run on each side');
  return jointIdentity([first, ...others]);
}

function distinct(obstacles: readonly Obstacle[]): Obstacle[] {
  return [...new Map(obstacles.map((each) => [`${each.what} ${each.candidate}`, each])).values()];
}

function notComparable(first: string, other: string, refused: readonly Obstacle[]): UserFault {
  const reasons = refused.map(({ what, baseline, candidate }) => `\n  ${what}: ${baseline} | ${candidate}`).join('');
  return new UserFault(
    'runs-not-comparable',
    `${first} and ${other} cannot be compared, since they differ:${reasons}`,
    {
      hint: 'Give valid runs of the same test with the same load on the same kind of machine.',
    },
  );
}

function figuresOf(run: LabelledRun, options: MeasureOptions): StoredFigures {
  const { label, sources } = run;
  return measureRun(storedRunOf(label, sources.record, samplesOf(run)), options);
}

/**
 * The requests of a run.
 *
 * @throws UserFault `run-without-samples`.
 */
export function samplesOf({ label, sources: { samples } }: LabelledRun): NonNullable<typeof samples> {
  if (samples !== undefined && samples.count > 0) return samples;
  throw new UserFault('run-without-samples', `${label} has no samples.arrow, and without it there are no intervals`, {
    hint: 'Copy it beside its run.json; only the undici engine (config.engine: undici) writes it.',
  });
}

/** The first phase of a run where it is called a warm-up, else a tenth of the plan and at most 30 s; in seconds. */
export function defaultWarmUpSec(record: RunRecord): number {
  const phases = phaseTimesOf(record);
  const [first] = phases;
  const last = phases.at(-1);
  if (first === undefined || last === undefined) return 0;
  if (/warm/i.test(first.name) && phases.length > 1) return Math.ceil((first.endedAt - first.startedAt) / 1000);
  const planSec = (last.endedAt - first.startedAt) / 1000;
  return Math.floor(Math.min(LONGEST_WARM_UP_SEC, planSec * WARM_UP_SHARE));
}
