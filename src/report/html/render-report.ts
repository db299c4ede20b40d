import { type Diagnosis, diagnose, evidenceOfRun } from '../../diagnose/index.ts';
import type { StoredComparison } from '../../gate/regression/index.ts';
import type { TrendFindings } from '../../gate/trend/index.ts';
import type { BesideBaseline } from '../stored/index.ts';
import { prepareRun, type RunSources } from './aggregate/report-data.ts';
import { comparisonPage } from './page/comparison-page.ts';
import { runPage } from './page/run-page.ts';
import { trendPage, trendRow } from './page/trend-page.ts';
import { commonMeasure, type Difference, differencesOf, type Judgement } from './shared/difference.ts';
import { wholeRun } from './shared/interval.ts';
import type { Measure } from './shared/report-data.ts';
import type { TrendRow } from './shared/trend.ts';

/**
 * The report of a run as one HTML file that needs nothing else.
 *
 * @param sources `run.json` and, where the engine wrote them, the samples in the order in which they were due.
 * @param beside the run beside its baseline; undefined: its test names none.
 */
export function renderReport(sources: RunSources, beside?: BesideBaseline): string {
  return runPage(prepareRun(sources, sources.record.test.name), diagnosisOf(sources), beside);
}

function diagnosisOf({ record, samples, system }: RunSources): Diagnosis {
  return diagnose(evidenceOfRun({ record, samples, system }));
}

/** The report of a run, and what a trend over many runs needs of it: so that only one run is in memory at a time. */
export function renderForTrend(
  sources: RunSources,
  name: string,
  beside?: BesideBaseline,
): { readonly report: string; readonly row: TrendRow } {
  const run = prepareRun(sources, name);
  return { report: runPage(run, diagnosisOf(sources), beside), row: trendRow(run) };
}

/** What a trend shows of a run, without its report. */
export function trendRowOf(sources: RunSources, name: string): TrendRow {
  return trendRow(prepareRun(sources, name));
}

/** Many runs in the order of time, and what was found in them. There must be at least one. */
export function renderTrend(rows: readonly TrendRow[], findings: TrendFindings): string {
  return trendPage(rows, findings);
}

/** One of two runs that are compared. */
export interface ComparedRun {
  readonly sources: RunSources;
  /** What the run is called. */
  readonly label: string;
}

/** Two runs over each other. */
export interface Comparison {
  readonly page: string;
  /** Which times are compared: those that both runs know. */
  readonly measure: Measure;
  /** All requests first, then each endpoint, over the whole of both runs. */
  readonly differences: readonly Difference[];
}

/**
 * Compares two runs, the first being the one compared with.
 *
 * @param judgements what a test of significance says; without any, differences are marked as advisory.
 * @param stored what is known with intervals, of these runs or of several a side; undefined: nothing is.
 */
export function renderComparison(
  a: ComparedRun,
  b: ComparedRun,
  judgements: readonly Judgement[] = [],
  stored?: StoredComparison,
): Comparison {
  const [before, after] = [prepareRun(a.sources, a.label), prepareRun(b.sources, b.label)];
  const whole = wholeRun(
    before.data.bins * before.data.binMs > after.data.bins * after.data.binMs ? before.data : after.data,
  );
  const measure = commonMeasure(before.data, after.data);
  return {
    measure,
    page: comparisonPage(before, after, judgements, stored),
    differences: differencesOf(before.data, after.data, whole),
  };
}
