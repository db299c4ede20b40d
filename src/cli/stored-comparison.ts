import { UserFault } from '../errors.ts';
import { phaseTimesOf } from '../gate/index.ts';
import {
  compareRuns,
  identityOf,
  type Obstacle,
  obstaclesBetween,
  type StoredRow,
  type StoredRun,
  storedRunOf,
} from '../gate/regression/index.ts';
import type { RunRecord } from '../record/index.ts';
import type { reportSources } from '../report/html/index.ts';
import { createRandom } from '../stats/index.ts';

/** A run on one side of a comparison. */
export interface LabelledRun {
  readonly label: string;
  readonly sources: ReturnType<typeof reportSources>;
}

/** What stored runs tell of each other. */
export interface StoredComparison {
  /** Left out at the beginning of every run, seconds. */
  readonly warmUpSec: number;
  /** In what the runs differ, though not so much that they could not be compared. */
  readonly flagged: readonly Obstacle[];
  readonly rows: readonly StoredRow[];
}

/** Where no phase is called a warm-up: this share of the plan, and at most so many seconds. */
const WARM_UP_SHARE = 0.1;
const LONGEST_WARM_UP_SEC = 30;

/** A thousand resamples of a million requests take minutes, and two hundred tell the same to a few per cent of the interval. */
const MANY_REQUESTS = 100_000;

/**
 * Compares stored runs with intervals.
 *
 * @param before at least one. @param after at least one.
 * @param warmUpSec undefined: the first phase where it is called a warm-up, else a tenth of the plan, at most 30 s.
 * @throws UserFault `runs-not-comparable` where figures would answer different questions.
 */
export function compareStored(
  before: readonly LabelledRun[],
  after: readonly LabelledRun[],
  warmUpSec: number | undefined,
): StoredComparison {
  const flagged = obstaclesOf(before, after);
  const warmUp = warmUpSec ?? defaultWarmUpSec(before[0]?.sources.record);
  const [first, second] = [before, after].map((runs) => runs.map(storedRun)) as [StoredRun[], StoredRun[]];
  const most = Math.max(...[...before, ...after].map(({ sources }) => sources.samples?.count ?? 0));
  const resamples = most > MANY_REQUESTS ? 200 : 1000;
  // A fixed seed: the same runs give the same table.
  const random = createRandom('compare stored runs');
  return { warmUpSec: warmUp, flagged, rows: compareRuns(first, second, { warmUpSec: warmUp, random, resamples }) };
}

/** Every run against the first of the runs compared with. */
function obstaclesOf(before: readonly LabelledRun[], after: readonly LabelledRun[]): Obstacle[] {
  const [first, ...others] = [...before, ...after];
  if (first === undefined) return [];
  const flagged = new Map<string, Obstacle>();
  for (const other of others) {
    const obstacles = obstaclesBetween(identityOf(first.sources.record), identityOf(other.sources.record));
    const refused = obstacles.filter(({ kind }) => kind === 'refused');
    if (refused.length > 0) throw notComparable(first.label, other.label, refused);
    for (const each of obstacles) flagged.set(`${each.what} ${each.candidate}`, each);
  }
  return [...flagged.values()];
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

function storedRun({ label, sources: { record, samples } }: LabelledRun): StoredRun {
  if (samples === undefined) {
    throw new UserFault('run-without-samples', `${label} has no samples.arrow, and without it there are no intervals`, {
      hint: 'Copy it beside its run.json; only the undici engine (config.engine: undici) writes it.',
    });
  }
  return storedRunOf(label, samples, phaseTimesOf(record)[0]?.startedAt ?? samples.due[0] ?? 0);
}

function defaultWarmUpSec(record: RunRecord | undefined): number {
  const phases = record === undefined ? [] : phaseTimesOf(record);
  const [first] = phases;
  const last = phases.at(-1);
  if (first === undefined || last === undefined) return 0;
  if (/warm/i.test(first.name) && phases.length > 1) return Math.ceil((first.endedAt - first.startedAt) / 1000);
  const planSec = (last.endedAt - first.startedAt) / 1000;
  return Math.floor(Math.min(LONGEST_WARM_UP_SEC, planSec * WARM_UP_SHARE));
}
