import type { ReportData } from '../shared/report-data.ts';
import { selectGroups } from '../shared/select.ts';
import { faultSeries, type Points, rateSeries } from '../shared/series.ts';
import type { LaneDefinition, LaneSeries } from './lane.ts';
import { isAbout } from './lane-limits.ts';
import { ofSelection } from './lane-titles.ts';
import type { View } from './state.ts';
import type { Colour } from './theme.ts';

const FAULT_KINDS_DRAWN = 5;

/** What went wrong, by kind; and the limit on errors, if there is one. */
export const ERROR_LANE: LaneDefinition = {
  id: 'errors',
  title: (view) => `Errors and refusals${ofSelection(view)}`,
  unit: 'per second',
  height: 130,
  atLeast: 0.1,
  series: (run, points, view) => {
    const all = faultSeries(run, selectGroups(run, view.selection), points);
    if (all.length === 0 && run.groups.length === 0) return [];
    const drawn: LaneSeries[] = all.slice(0, FAULT_KINDS_DRAWN).map(({ kind, values }, index) => ({
      name: faultName(run, kind),
      values,
      colour: FAULT_COLOURS[index] ?? 'grey',
      isStepped: true,
      dash: index % 2 === 0 ? undefined : [4, 3],
    }));
    const rest = all.slice(FAULT_KINDS_DRAWN);
    const limit = errorLimit(run, points, view);
    if (rest.length === 0) return [...drawn, ...limit];
    const sums = points.starts.map((_, at) => rest.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
    return [...drawn, { name: `${rest.length} more kinds`, values: sums, colour: 'grey', isStepped: true }, ...limit];
  },
};

/** An answer 4xx may be what a test expects, and no limit on errors is about it. */
function faultName({ faultKinds }: ReportData, kind: number): string {
  const { name = '', isError = false } = faultKinds[kind] ?? {};
  return isError ? name : `${name} (no error)`;
}

/** A limit on the share of errors, as so many a second: it moves with the requests. */
function errorLimit(run: ReportData, points: Points, { selection }: View): LaneSeries[] {
  const line = run.limits.find(({ target }) => target.kind === 'error rate' && isAbout(target, selection));
  if (line === undefined) return [];
  const groups = selectGroups(run, selection);
  const rates = rateSeries(
    run,
    groups.map(({ requests }) => requests),
    points,
  );
  const values = rates.map((rate) => (rate === null ? null : (rate * line.limit) / 100));
  return [{ name: `limit of errors: ${line.limit} %`, values, colour: 'bad', dash: [8, 4], width: 1.5 }];
}

const FAULT_COLOURS: readonly Colour[] = ['pink', 'orange', 'purple', 'blue', 'teal'];
