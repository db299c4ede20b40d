import { formatNumber } from '../../number-format.ts';
import { addGroups } from '../shared/figures.ts';
import { createHistogram, type Histogram } from '../shared/histogram.ts';
import { binsOf, type Interval } from '../shared/interval.ts';
import type { ReportData } from '../shared/report-data.ts';
import { selectGroups } from '../shared/select.ts';
import { runMark, type State } from './state.ts';

/** A distribution with its name. */
export interface Curve {
  readonly name: string;
  readonly histogram: Histogram;
}

/** What is compared: the interval as a whole and, when that is the whole run, each of its phases; or two runs. */
export function curvesOf(state: State): Curve[] {
  const { interval } = state.view();
  const curve = (name: string, run: ReportData, span: Interval): Curve => ({
    name,
    histogram: histogramOf(state, run, span),
  });
  const [run] = state.runs;
  const curves =
    state.runs.length > 1 || run === undefined
      ? state.runs.map((each, index) => curve(runMark(index), each, interval))
      : [
          curve(interval === state.whole ? 'whole run' : 'interval', run, interval),
          ...(interval === state.whole && run.phases.length > 1
            ? run.phases.map((phase) => curve(phase.name, run, phase))
            : []),
        ];
  return curves.filter(({ histogram }) => histogram.total > 0);
}

function histogramOf(state: State, run: ReportData, interval: Interval): Histogram {
  const { selection, measure } = state.view();
  const { from, to } = binsOf(run, interval);
  const histogram = createHistogram();
  addGroups(histogram, selectGroups(run, selection), measure, from, to);
  return histogram;
}

/** A value of a chart as its legend and its table show it. */
export function valueText(value: number | null | undefined): string {
  return value === null || value === undefined ? 'none' : formatNumber(value);
}
