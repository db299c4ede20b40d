import { figuresOf } from './figures.ts';
import type { Interval } from './interval.ts';
import type { Figures, ReportData } from './report-data.ts';
import type { Selection } from './select.ts';

/** One row of the comparison of two runs. */
export interface Difference {
  readonly selection: Selection;
  readonly before: Figures;
  readonly after: Figures;
}

/**
 * What a test of significance says about one row. Without any, differences are advisory: two runs of the same system differ,
 * too.
 */
export interface Judgement {
  /** Undefined: all requests. */
  readonly endpoint: string | undefined;
  readonly outcome: 'slower' | 'faster' | 'no difference' | 'cannot tell';
  /** In words, with the interval of the difference. */
  readonly text: string;
}

/** All requests and every endpoint of either run, over the same part of both; the first run is the one compared with. */
export function differencesOf(before: ReportData, after: ReportData, interval: Interval): Difference[] {
  const names = [...new Set([...before.endpoints, ...after.endpoints])];
  const selections: Selection[] = [{ kind: 'all' }, ...names.map((name): Selection => ({ kind: 'endpoint', name }))];
  return selections
    .map((selection) => ({
      selection,
      before: figuresOf(before, selection, within(before, interval)).figures,
      after: figuresOf(after, selection, within(after, interval)).figures,
    }))
    .filter((row) => row.before.requests + row.after.requests > 0);
}

/** The whole of a shorter run is still the whole run, whose figures are exact. */
function within({ bins, binMs }: ReportData, { fromMs, toMs }: Interval): Interval {
  return { fromMs, toMs: Math.min(toMs, bins * binMs) };
}

/** By how much a value changed, as a share of what it was; undefined where that says nothing. */
export function change(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined || before === 0 ? undefined : (after - before) / before;
}

/** The times that two runs have in common: response times, if both know them. */
export function commonMeasure(before: ReportData, after: ReportData): 'response' | 'firstByte' {
  return before.source === 'samples' && after.source === 'samples' ? 'response' : 'firstByte';
}

/** Share of requests that failed; undefined without requests. */
export function errorShare({ errors, requests }: Figures): number | undefined {
  return requests === 0 ? undefined : errors / requests;
}
