import type { Group, LimitLine, ReportData } from '../shared/report-data.ts';
import { type Selection, selectGroups, selectionLabel } from '../shared/select.ts';
import {
  cellSeries,
  faultSeries,
  meanOfHundredths,
  type Points,
  quantileSeries,
  rateSeries,
  resampled,
  type Values,
} from '../shared/series.ts';
import type { LaneDefinition, LaneSeries } from './lane.ts';
import type { View } from './state.ts';
import { type Colour, SERIES_COLOURS } from './theme.ts';

function usersLane(isComparison: boolean): LaneDefinition {
  return {
    id: 'arrivals',
    title: () => 'Arrivals of users',
    unit: 'per second',
    height: 130,
    series: (run, points) => {
      const planned: LaneSeries = {
        name: 'planned',
        values: resampled(run, run.users.planned, points),
        colour: 'orange',
        dash: [6, 4],
        isStepped: true,
        width: 2,
      };
      const isPlanned = !isComparison && planned.values.some((value) => value !== null);
      if (run.users.started === undefined) return isPlanned ? [planned] : [];
      const values = resampled(run, run.users.started, points);
      const started: LaneSeries = { name: 'started', values, colour: 'blue', isStepped: true, isFilled: true };
      return isPlanned ? [started, planned] : [started];
    },
  };
}

function ratesLane(isComparison: boolean): LaneDefinition {
  return {
    id: 'rates',
    title: (view) => `Requests and answers${suffix(view)}`,
    unit: 'per second',
    height: 130,
    series: (run, points, { selection }) => {
      const groups = selectGroups(run, selection);
      if (groups.length === 0) return [];
      const rateOf = (pick: (group: Group) => Uint32Array): Values => rateSeries(run, groups.map(pick), points);
      const due: LaneSeries = {
        name: 'requests due',
        values: rateOf(({ requests }) => requests),
        colour: 'orange',
        width: 2,
      };
      const answers: LaneSeries = {
        name: 'answers',
        values: rateOf((group) => group.answers),
        colour: 'blue',
        dash: [4, 3],
      };
      return isComparison ? [answers] : [due, answers];
    },
  };
}

interface QuantileStyle {
  readonly name: string;
  readonly probability: number;
  readonly colour: Colour;
  readonly width: number;
  readonly dash?: readonly number[];
}

const QUANTILES: readonly QuantileStyle[] = [
  { name: 'p50', probability: 0.5, colour: 'blue', width: 2 },
  { name: 'p90', probability: 0.9, colour: 'teal', width: 1.25, dash: [6, 3] },
  { name: 'p95', probability: 0.95, colour: 'orange', width: 2 },
  { name: 'p99', probability: 0.99, colour: 'purple', width: 1.25 },
  { name: 'max', probability: 1, colour: 'grey', width: 1, dash: [2, 3] },
];

/** In a comparison of two runs only three of the five, each twice. */
const COMPARED = new Set(['p50', 'p95', 'p99']);

function latencyLane(isComparison: boolean): LaneDefinition {
  const styles = QUANTILES.filter(({ name }) => !isComparison || COMPARED.has(name));
  return {
    id: 'latency',
    title: (view) => `${timeName(view)}${suffix(view)}`,
    unit: 'ms',
    height: 220,
    isLogarithmic: true,
    series: (run, points, { selection, measure }) => {
      const groups = selectGroups(run, selection);
      if (!groups.some((group) => group[measure] !== undefined)) return [];
      const values = quantileSeries(
        groups,
        measure,
        styles.map(({ probability }) => probability),
        points,
      );
      return styles.map(({ name, colour, width, dash }, index) => ({
        name,
        colour,
        width,
        dash,
        values: values[index] ?? [],
      }));
    },
    limits: timeLimits,
  };
}

/** The limits on the time of the requests that are looked at. */
export function timeLimits(run: ReportData, { selection, measure }: View): LimitLine[] {
  return run.limits.filter(
    ({ target }) => target.kind === 'time' && target.measure === measure && isAbout(target, selection),
  );
}

function isAbout({ endpoint }: { readonly endpoint: string | undefined }, selection: Selection): boolean {
  if (selection.kind === 'journey') return false;
  return endpoint === (selection.kind === 'endpoint' ? selection.name : undefined);
}

const FAULT_KINDS_DRAWN = 5;

const ERRORS: LaneDefinition = {
  id: 'errors',
  title: (view) => `Errors and refusals${suffix(view)}`,
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

const CONCURRENCY: LaneDefinition = {
  id: 'concurrency',
  title: () => 'At the same time',
  unit: 'users, requests',
  height: 130,
  series: (run, points) => {
    const users = run.users.present && resampled(run, run.users.present, points);
    return [
      ...(users === undefined
        ? []
        : [{ name: 'users', values: users, colour: 'blue', isStepped: true, isFilled: true } as const]),
      ...(run.inFlight === undefined
        ? []
        : [
            {
              name: 'requests under way',
              values: meanOfHundredths(run.inFlight, points),
              colour: 'orange',
              width: 2,
            } as const,
          ]),
    ];
  },
};

const LATENESS: LaneDefinition = {
  id: 'lateness',
  title: () => 'Waiting before the sending',
  unit: 'ms',
  height: 120,
  isLogarithmic: true,
  series: (run, points) => {
    if (run.lateness === undefined) return [];
    const [p50 = [], p99 = [], max = []] = cellSeries(run.lateness, [0.5, 0.99, 1], points);
    return [
      { name: 'p50', values: p50, colour: 'blue', width: 2 },
      { name: 'p99', values: p99, colour: 'purple' },
      { name: 'max', values: max, colour: 'grey', dash: [2, 3] },
    ];
  },
  invalid: (run) => run.lanes.flatMap(({ invalid = [] }) => invalid),
};

/** The lanes before the heat map, those after it, and those of the generator. */
export function requestLanes(isComparison: boolean): {
  readonly load: readonly LaneDefinition[];
  readonly times: LaneDefinition;
  readonly rest: readonly LaneDefinition[];
  readonly generator: readonly LaneDefinition[];
} {
  return {
    load: [usersLane(isComparison), ratesLane(isComparison)],
    times: latencyLane(isComparison),
    rest: [ERRORS, CONCURRENCY],
    generator: [LATENESS],
  };
}

/** Lanes of anything else that was measured: of the system under test or of the generator. */
export function extraLane(id: string, title: string, unit: string): LaneDefinition {
  return {
    id,
    title: () => title,
    unit,
    height: 120,
    ...(unit === '%' ? { atLeast: 100 } : {}),
    series: (run, points) => {
      const lane = run.lanes.find((each) => each.id === id);
      if (lane === undefined) return [];
      return lane.series.map(({ name, values }, index) => ({
        name,
        values: resampled(run, { fromMs: lane.fromMs, stepMs: lane.stepMs, values }, points),
        colour: SERIES_COLOURS[index % SERIES_COLOURS.length] ?? 'grey',
        width: index === 0 ? 2 : 1.25,
        dash: index % 2 === 0 ? undefined : [5, 3],
      }));
    },
    invalid: (run) => run.lanes.find((each) => each.id === id)?.invalid ?? [],
  };
}

/** How the time that is looked at is called. */
export function timeName({ measure }: View): string {
  return measure === 'response' ? 'Response time' : 'Time to first byte';
}

function suffix({ selection }: View): string {
  return selection.kind === 'all' ? '' : ` of “${selectionLabel(selection)}”`;
}
