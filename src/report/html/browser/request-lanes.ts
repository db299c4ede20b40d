import type { Group } from '../shared/report-data.ts';
import { selectGroups } from '../shared/select.ts';
import { cellSeries, meanOfHundredths, quantileSeries, rateSeries, resampled, type Values } from '../shared/series.ts';
import { ERROR_LANE } from './error-lane.ts';
import type { LaneDefinition, LaneSeries } from './lane.ts';
import { timeLimits } from './lane-limits.ts';
import { ofSelection, timeName } from './lane-titles.ts';
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
    title: (view) => `Requests and answers${ofSelection(view)}`,
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
    title: (view) => `${timeName(view)}${ofSelection(view)}`,
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
    rest: [ERROR_LANE, CONCURRENCY],
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
        // What is known of single seconds only, the mean of what happened in them, has no line between them.
        isStepped: lane.group === 'system',
        width: index === 0 ? 2 : 1.25,
        dash: index % 2 === 0 ? undefined : [5, 3],
      }));
    },
    invalid: (run) => run.lanes.find((each) => each.id === id)?.invalid ?? [],
  };
}
