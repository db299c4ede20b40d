import { findTrend, type HistoryRun, historyRunOf, type TrendFindings } from '../gate/trend/index.ts';
import { renderTrend, type reportSources, type TrendRow, trendRowOf } from '../report/html/index.ts';
import { createRandom } from '../stats/index.ts';
import type { NamedRun } from './run-path.ts';
import { defaultWarmUpSec } from './stored-comparison.ts';

/** A run as a trend sees it, without its samples. */
export interface TrendRun {
  readonly row: TrendRow;
  readonly history: HistoryRun;
}

/** What a trend needs of one run. @param row where it is known already: adding a run up takes time. */
export function trendRunOf(
  { name, record }: NamedRun,
  sources: ReturnType<typeof reportSources>,
  row: TrendRow = trendRowOf(sources, name),
): TrendRun {
  return { row, history: historyRunOf(name, record, sources.samples, defaultWarmUpSec(record)) };
}

/** What many runs tell, and their page with the changes marked. A fixed seed: the same runs give the same answer. */
export function trendOfRuns(runs: readonly TrendRun[]): { readonly findings: TrendFindings; readonly page: string } {
  const findings = findTrend(
    runs.map(({ history }) => history),
    { random: createRandom('trend of runs') },
  );
  return {
    findings,
    page: renderTrend(
      runs.map(({ row }) => row),
      findings,
    ),
  };
}
