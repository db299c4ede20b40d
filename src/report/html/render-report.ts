import { prepareRun, type RunSources } from './aggregate/report-data.ts';
import { runPage } from './page/run-page.ts';

/**
 * The report of a run as one HTML file that needs nothing else.
 *
 * @param sources `run.json` and, where the engine wrote them, the samples in the order in which they were due.
 */
export function renderReport(sources: RunSources): string {
  return runPage(prepareRun(sources, sources.record.test.name));
}
