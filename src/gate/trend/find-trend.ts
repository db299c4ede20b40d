import type { Random } from '../../stats/index.ts';
import { isSameTarget, type Target } from '../regression/block.ts';
import { type Obstacle, obstaclesBetween } from '../regression/comparability.ts';
import type { HistoryMetric, HistoryRun } from './history-run.ts';
import { type Course, jointChanges, type Series } from './joint-changes.ts';

/** A change of one figure in a history. */
export interface TrendChange {
  readonly target: Target;
  readonly metric: HistoryMetric;
  readonly kind: 'step' | 'drift';
  /** The first run after the step; of a drift the last run of the history. */
  readonly run: Pick<HistoryRun, 'name' | 'startedAt' | 'commit'>;
  /** Means of the stretches before and after a step; of a drift the ends of its line. In the unit of the figure. */
  readonly before: number;
  readonly after: number;
  /** A share; of error rates a difference. */
  readonly change: number;
  /** The chance of so clear a change of any figure in a history without; at least 1 / (permutations + 1). */
  readonly p: number;
}

/** What a history tells. */
export interface TrendFindings {
  /** Runs that count, in the order of time. */
  readonly runs: readonly Pick<HistoryRun, 'name' | 'startedAt' | 'commit'>[];
  readonly leftOut: readonly { readonly run: string; readonly why: string }[];
  /** Figures that were followed; 0: too few runs. */
  readonly followed: number;
  /** In the order of time. */
  readonly changes: readonly TrendChange[];
  /** What became different about the runs themselves, and with which one: it may be why figures changed. */
  readonly marks: readonly { readonly run: string; readonly what: Obstacle['what'] }[];
  /** The chance of any change in a history without, 0–1. */
  readonly alpha: number;
}

/** Fewer runs say nothing. */
export const FEWEST_RUNS = 10;

/** A figure that more runs lack is not followed. */
const MOST_MISSING = 0.2;

const ALPHA = 0.05;
const PERMUTATIONS = 399;

/**
 * Since when figures of a history changed. Runs that were not completed, are not valid, or cannot be compared with the newest of the others are left out.
 * It takes runs as independent; a machine that is slower for a week is a change, too. Advisory.
 */
export function findTrend(
  history: readonly HistoryRun[],
  { random, permutations = PERMUTATIONS }: { readonly random: Random; readonly permutations?: number },
): TrendFindings {
  const { kept, leftOut } = fitRuns(history.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)));
  const figures = kept.length < FEWEST_RUNS ? [] : figuresIn(kept);
  const courses = jointChanges(
    figures.map(({ series }) => series),
    { random, alpha: ALPHA, permutations },
  );
  const changes = figures.flatMap((figure, index) => changesOf(figure, courses[index] ?? { kind: 'steady' }, kept));
  return {
    runs: kept.map(runOf),
    leftOut,
    followed: figures.length,
    changes: changes.toSorted((a, b) =>
      a.run.startedAt < b.run.startedAt ? -1 : a.run.startedAt > b.run.startedAt ? 1 : 0,
    ),
    marks: marksIn(kept),
    alpha: ALPHA,
  };
}

function fitRuns(history: readonly HistoryRun[]): { kept: HistoryRun[]; leftOut: TrendFindings['leftOut'] } {
  const newest = history.findLast(({ unfit }) => unfit === undefined);
  const whyNot = (run: HistoryRun): string | undefined => {
    if (run.unfit !== undefined || newest === undefined) return run.unfit;
    const refused = obstaclesBetween(newest.identity, run.identity).filter(({ kind }) => kind === 'refused');
    return refused.length === 0
      ? undefined
      : `it differs from the newest in ${refused.map(({ what }) => what).join(', ')}`;
  };
  const judged = history.map((run) => ({ run, why: whyNot(run) }));
  return {
    kept: judged.flatMap(({ run, why }) => (why === undefined ? [run] : [])),
    leftOut: judged.flatMap(({ run, why }) => (why === undefined ? [] : [{ run: run.name, why }])),
  };
}

interface Followed {
  readonly target: Target;
  readonly metric: HistoryMetric;
  /** Logarithms; of error rates the rates. */
  readonly series: Series;
}

function figuresIn(runs: readonly HistoryRun[]): Followed[] {
  const named = new Map<string, Pick<Followed, 'target' | 'metric'>>();
  for (const { figures } of runs) {
    for (const { target, metric } of figures) named.set(`${target.kind} ${metric} ${target.name}`, { target, metric });
  }
  return [...named.values()].flatMap(({ target, metric }) => {
    const series = runs.map(({ figures }) => {
      const value = figures.find((each) => each.metric === metric && isSameTarget(each.target, target))?.value;
      return value === undefined || metric === 'error rate' ? value : Math.log(value);
    });
    const present = series.filter((value) => value !== undefined);
    const isConstant = new Set(present).size < 2;
    return present.length < (1 - MOST_MISSING) * runs.length || isConstant ? [] : [{ target, metric, series }];
  });
}

function changesOf({ target, metric, series }: Followed, course: Course, runs: readonly HistoryRun[]): TrendChange[] {
  if (course.kind === 'steady') return [];
  const present = series.flatMap((value, index) => (value === undefined ? [] : [{ value, run: runs[index] }]));
  const values = present.map(({ value }) => value);
  const changed = (kind: TrendChange['kind'], index: number, ends: readonly [number, number]): TrendChange[] => {
    const run = present[index]?.run;
    if (run === undefined) return [];
    const isRate = metric === 'error rate';
    const [before, after] = isRate ? ends : [Math.exp(ends[0]), Math.exp(ends[1])];
    const change = isRate ? after - before : after / before - 1;
    return [{ target, metric, kind, run: runOf(run), before, after, change, p: course.p }];
  };
  if (course.kind === 'drift') {
    const last = values.length - 1;
    const middle = meanOf(values);
    const half = (course.slope * last) / 2;
    return changed('drift', last, [middle - half, middle + half]);
  }
  const edges = [0, ...course.at, values.length];
  return course.at.flatMap((at, index) =>
    changed('step', at, [meanOf(values.slice(edges[index], at)), meanOf(values.slice(at, edges[index + 2]))]),
  );
}

function marksIn(runs: readonly HistoryRun[]): TrendFindings['marks'] {
  return runs.slice(1).flatMap((run, index) => {
    const previous = runs[index];
    const differing = previous === undefined ? [] : obstaclesBetween(previous.identity, run.identity);
    // Seeds differ from run to run unless somebody sets them, and whether anybody judged a run changes no figure.
    return differing.flatMap(({ what }) => (what === 'seed' || what === 'validity' ? [] : [{ run: run.name, what }]));
  });
}

function runOf({ name, startedAt, commit }: HistoryRun): TrendFindings['runs'][number] {
  return { name, startedAt, ...(commit === undefined ? {} : { commit }) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
