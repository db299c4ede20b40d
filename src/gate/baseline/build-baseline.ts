import type { RunRecord } from '../../record/index.ts';
import { momentsOf, type Random } from '../../stats/index.ts';
import type { Target } from '../regression/block.ts';
import { isSameTarget } from '../regression/block.ts';
import { jointIdentity, type RunIdentity } from '../regression/comparability.ts';
import { measureRun } from '../regression/measure-run.ts';
import { fewestFor } from '../regression/metric-values.ts';
import { identityOf } from '../regression/run-identity.ts';
import { tellsRunsApart } from '../regression/run-intervals.ts';
import { type ComparedSamples, storedRunOf } from '../regression/stored-run-of.ts';
import type { StoredFigure, StoredQuantile, StoredTarget } from '../regression/stored-target.ts';
import { BASELINE_SCHEMA, type BaselineFigure, type BaselineRecord, type BaselineTarget } from './baseline-record.ts';
import { usersOfRuns } from './users-of-runs.ts';

/** What a baseline keeps of one run, so that the samples of only one are in memory. */
export interface BaselineRun {
  readonly name: string;
  readonly record: Pick<RunRecord, 'test' | 'startedAt' | 'seed' | 'environment'> & {
    readonly metrics: Pick<RunRecord['metrics'], 'counters' | 'summaries'>;
  };
  readonly identity: RunIdentity;
  readonly targets: readonly MeasuredTarget[];
}

interface MeasuredTarget {
  readonly target: Target;
  readonly requests: number;
  readonly errors: number;
  readonly figures: Partial<Record<StoredFigure, { readonly value: number; readonly within?: number }>>;
}

const FIGURES = ['p50', 'p95', 'p99', 'mean', 'throughput'] as const satisfies readonly StoredFigure[];
const KINDS = ['all requests', 'endpoint', 'journey', 'custom metric'] as const satisfies readonly Target['kind'][];

/** Nobody reads more digits, and more of them would change with every run. */
const VALUE_DIGITS = 4;
const SHARE_DIGITS = 2;
const RESAMPLES = 400;

/** Measures one run of a baseline. @param warmUpSec the same for all of its runs. */
export function measureForBaseline(
  name: string,
  record: RunRecord,
  samples: ComparedSamples,
  { warmUpSec, random }: { readonly warmUpSec: number; readonly random: Random },
): BaselineRun {
  const { targets } = measureRun(storedRunOf(name, record, samples), { warmUpSec, random, resamples: RESAMPLES });
  const { test, startedAt, seed, environment, metrics } = record;
  const { counters, summaries } = metrics;
  return {
    name,
    record: { test, startedAt, seed, environment, metrics: { counters, summaries } },
    identity: identityOf(record),
    targets: targets.map((each) => {
      const { target, requests, errors } = each;
      return { target, requests, errors, figures: figuresOf(each) };
    }),
  };
}

function figuresOf(target: StoredTarget): MeasuredTarget['figures'] {
  const entries = FIGURES.flatMap((metric) => {
    const value =
      (metric === 'throughput' ? target.requests : target.values) < fewestFor(metric)
        ? undefined
        : target.figure(metric);
    if (value === undefined || !(value > 0)) return [];
    const within = isQuantile(metric) ? spreadOf(target.draws(metric)) : undefined;
    return [[metric, { value, ...(within === undefined ? {} : { within }) }] as const];
  });
  return Object.fromEntries(entries);
}

function isQuantile(metric: StoredFigure): metric is StoredQuantile {
  return metric !== 'mean' && metric !== 'throughput';
}

function spreadOf(logs: Float64Array | undefined): number | undefined {
  const moments = logs && momentsOf(Array.from(logs));
  return moments && Math.sqrt(moments.variance);
}

/**
 * Puts the runs of a baseline together: sorted, rounded, and the same for the same runs in any order. Of one or two runs it holds what can be
 * compared without knowing how runs differ: no mean, no throughput and no custom metric.
 *
 * @param unordered of one test, all comparable; at least one.
 */
export function buildBaseline(unordered: readonly BaselineRun[], warmUpSec: number): BaselineRecord {
  const runs = unordered.toSorted((a, b) => (a.record.startedAt < b.record.startedAt ? -1 : 1));
  const [first, ...others] = runs;
  if (first === undefined) throw new RangeError('a baseline has at least one run');
  const { name, file, environment } = first.record.test;
  return {
    schema: BASELINE_SCHEMA,
    version: 1,
    test: { name, file, ...(environment === undefined ? {} : { environment }) },
    identity: jointIdentity([first.identity, ...others.map(({ identity }) => identity)]),
    runs: runs.map(({ name: runName, record }) => ({
      name: runName,
      startedAt: record.startedAt,
      seed: record.seed,
      ...(record.environment.commit === undefined ? {} : { commit: record.environment.commit }),
      artillery: record.environment.artillery,
    })),
    warmUpSec,
    users: usersOfRuns(runs.map(({ record }) => record.metrics)),
    targets: targetsIn(runs).flatMap((target) => targetOf(target, runs)),
  };
}

/** What every run measured: a target of some runs only has no value for the others. */
function targetsIn(runs: readonly BaselineRun[]): Target[] {
  const [first, ...others] = runs.map(({ targets }) => targets.map(({ target }) => target));
  const inAll = (first ?? []).filter((target) => others.every((all) => all.some((each) => isSameTarget(each, target))));
  return inAll.toSorted(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

function targetOf(target: Target, runs: readonly BaselineRun[]): BaselineTarget[] {
  // However many there are on the other side.
  const areEnough = tellsRunsApart(runs.length, Number.POSITIVE_INFINITY);
  if (!areEnough && target.kind === 'custom metric') return [];
  const own = runs.flatMap(({ targets }) => targets.find((each) => isSameTarget(each.target, target)) ?? []);
  const figures = FIGURES.filter((metric) => areEnough || isQuantile(metric)).flatMap((metric) => {
    const measured = own.flatMap((each) => each.figures[metric] ?? []);
    return measured.length === runs.length ? [[metric, figureOf(measured)] as const] : [];
  });
  return [
    {
      kind: target.kind,
      name: target.name,
      requests: own.map(({ requests }) => requests),
      errors: own.map(({ errors }) => errors),
      ...Object.fromEntries(figures),
    },
  ];
}

function figureOf(runs: readonly { readonly value: number; readonly within?: number }[]): BaselineFigure {
  const logs = runs.map(({ value }) => Math.log(value));
  const value = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  const within = runs.flatMap((run) => run.within ?? []);
  const moments = momentsOf(logs);
  return {
    value: rounded(value, VALUE_DIGITS),
    // Variances are what has a mean; a run whose scatter is not known leaves all of it unknown.
    ...(within.length < runs.length
      ? {}
      : { within: rounded(Math.sqrt(within.reduce((sum, each) => sum + each ** 2, 0) / within.length), SHARE_DIGITS) }),
    ...(moments === undefined
      ? {}
      : {
          between: rounded(Math.sqrt(moments.variance), SHARE_DIGITS),
          runs: runs.map((run) => rounded(run.value, VALUE_DIGITS)),
        }),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
