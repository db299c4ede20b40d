import { formatNumber } from '../../number-format.ts';
import { elapsed } from '../shared/elapsed.ts';
import type { LimitLine } from '../shared/report-data.ts';
import { timeAxis, valueAxis } from './axes.ts';
import { createFrame } from './chart-frame.ts';
import { drawInvalid, drawLimits, drawPhases, NAME_HEIGHT } from './decorations.ts';
import type { LaneDefinition, LaneSeries } from './lane.ts';
import { fillLegend, type Legend } from './legend.ts';
import type { Panel } from './panels.ts';
import { linearRange, logRange, type Range } from './scales.ts';
import { runMark, type State } from './state.ts';
import { announce } from './status.ts';
import { colour } from './theme.ts';
import { keyboardCursor, restoreCursor, timeCursor, zoomToSelection } from './time-cursor.ts';
import { stepLabel, type TimePoints, timePoints } from './time-points.ts';
import { createPlot, type Plot, type PlotOptions, type PlotSeries, stepPaths } from './uplot.ts';

const TABLE_ROWS = 40;

const HINT = 'Drag to zoom, double-click to see everything. Arrow keys move the cursor.';

/** A chart over the time of the run, drawn again whenever the view changes. */
export function timeLane(definition: LaneDefinition, state: State): Panel {
  const frame = createFrame(HINT);
  const hidden = new Set<string>();
  let plot: Plot | undefined;
  let shown: readonly LaneSeries[] = [];
  let legend: Legend | undefined;

  const valuesAt = (index: number | null | undefined): (string | undefined)[] =>
    shown.map(({ values }) => {
      const value = index === null || index === undefined ? undefined : values[index];
      return value === null || value === undefined ? undefined : formatNumber(value);
    });
  const draw = (): void => {
    const view = state.view();
    const points = timePoints(state, view.interval);
    shown = seriesOf(definition, state, points);
    plot?.destroy();
    frame.root.hidden = shown.length === 0;
    if (shown.length === 0) return;
    frame.setTitle(definition.title(view), `${definition.unit}, ${stepLabel(points)}`);
    legend = fillLegend(frame.legend, shown, hidden, (name) => {
      if (!hidden.delete(name)) hidden.add(name);
      draw();
    });
    frame.describe(`${describe(shown, definition.unit)} ${HINT}`);
    frame.setTable(() => tableOf(definition, state));
    const options = optionsOf(definition, state, frame.plot.clientWidth, shown, hidden, (each) => {
      legend?.show(valuesAt(each.cursor.idx));
    });
    plot = createPlot(options, [[...points.seconds], ...shown.map(drawnValues(definition))], frame.plot);
    restoreCursor(plot);
  };
  keyboardCursor(
    frame.plot,
    () => plot,
    state,
    (index) => {
      const moment = elapsed((plot?.data[0]?.[index] ?? 0) * 1000);
      const values = valuesAt(index).map((value, at) => `${shown[at]?.name ?? ''} ${value ?? 'none'}`);
      announce(`${moment}: ${values.join(', ')} ${definition.unit}`);
    },
  );
  return { root: frame.root, update: draw };
}

/** The lines of all runs; with two runs the first one is dashed. */
function seriesOf(definition: LaneDefinition, state: State, points: TimePoints): LaneSeries[] {
  const isComparison = state.runs.length > 1;
  return state.runs.flatMap((run, index) =>
    definition.series(run, points.of(run), state.view()).map((line) => ({
      ...line,
      ...(isComparison ? compared(line, index) : {}),
      values: points.padded(line.values),
    })),
  );
}

function compared(line: LaneSeries, index: number): Partial<LaneSeries> {
  return {
    name: `${line.name} · ${runMark(index)}`,
    isFilled: false,
    dash: index === 0 ? [5, 4] : undefined,
    width: index === 0 ? 1.25 : 2,
  };
}

/** A logarithmic axis has no place for 0: what took no time is drawn at the bottom. A last point ends the last step. */
function drawnValues({ isLogarithmic = false }: LaneDefinition): (line: LaneSeries) => (number | null)[] {
  return ({ values, isStepped = false }) => {
    const drawn = isLogarithmic ? values.map((value) => (value === null ? null : Math.max(value, 1e-3))) : values;
    return [...drawn, isStepped ? (drawn.at(-1) ?? null) : null];
  };
}

function optionsOf(
  definition: LaneDefinition,
  state: State,
  width: number,
  shown: readonly LaneSeries[],
  hidden: ReadonlySet<string>,
  onCursor: (plot: Plot) => void,
): PlotOptions {
  const view = state.view();
  const limits = state.runs.slice(-1).flatMap((run) => definition.limits?.(run, view) ?? []);
  const invalid = state.runs.flatMap((run) => definition.invalid?.(run) ?? []);
  const phases = state.runs.at(-1)?.phases ?? [];
  const visible = shown.filter(({ name }) => !hidden.has(name));
  const range = rangeOf(definition, visible.length === 0 ? shown : visible, limits);
  const isLogarithmic = definition.isLogarithmic ?? false;
  return {
    width: Math.max(240, width),
    height: definition.height + NAME_HEIGHT,
    padding: [NAME_HEIGHT, null, 0, 0],
    ...timeCursor(state),
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [view.interval.fromMs / 1000, view.interval.toMs / 1000] },
      y: { distr: isLogarithmic ? 3 : 1, range: () => range },
    },
    axes: [timeAxis(), valueAxis(isLogarithmic)],
    series: [{}, ...shown.map((line) => styleOf(line, hidden))],
    hooks: {
      drawClear: [
        (plot) => {
          drawPhases(plot, phases);
        },
      ],
      draw: [
        (plot) => {
          drawInvalid(plot, invalid);
        },
        (plot) => {
          drawLimits(plot, limits);
        },
      ],
      setSelect: [
        (plot) => {
          zoomToSelection(plot, state);
        },
      ],
      setCursor: [onCursor],
    },
  };
}

function styleOf(line: LaneSeries, hidden: ReadonlySet<string>): PlotSeries {
  const stroke = colour(line.colour);
  const paths = line.isStepped === true ? stepPaths() : undefined;
  return {
    label: line.name,
    show: !hidden.has(line.name),
    stroke,
    width: line.width ?? 1.25,
    points: { show: false },
    ...(line.dash === undefined ? {} : { dash: [...line.dash] }),
    ...(line.isFilled === true ? { fill: `${stroke}22` } : {}),
    ...(paths === undefined ? {} : { paths }),
  };
}

/** A limit that is not far away belongs into the picture. */
const NEAR = 4;

function rangeOf(
  { isLogarithmic = false, atLeast }: LaneDefinition,
  shown: readonly LaneSeries[],
  limits: readonly LimitLine[],
): Range {
  const values = shown.flatMap((line) => line.values).filter((value) => value !== null);
  const positive = values.filter((value) => value > 0);
  const largest = values.length === 0 ? undefined : values.reduce((a, b) => Math.max(a, b));
  const near = limits.map(({ limit }) => limit).filter((limit) => limit <= (largest ?? 0) * NEAR);
  const top = [...near, ...(largest === undefined ? [] : [largest])].reduce((a, b) => Math.max(a, b), 0);
  if (!isLogarithmic) return linearRange(top, atLeast);
  return logRange(positive.length === 0 ? undefined : positive.reduce((a, b) => Math.min(a, b)), top);
}

function describe(shown: readonly LaneSeries[], unit: string): string {
  const parts = shown.map(({ name, values }) => {
    const present = values.filter((value) => value !== null);
    if (present.length === 0) return `${name}: no data`;
    const [low, high] = [present.reduce((a, b) => Math.min(a, b)), present.reduce((a, b) => Math.max(a, b))];
    return `${name}: ${formatNumber(low)} to ${formatNumber(high)}`;
  });
  return `${parts.join('; ')} (${unit}).`;
}

/** Fewer and longer points than the drawing has: a table is read line by line. */
function tableOf(definition: LaneDefinition, state: State): { columns: string[]; rows: string[][] } {
  const points = timePoints(state, state.view().interval, TABLE_ROWS);
  const series = seriesOf(definition, state, points);
  const rows = points.seconds.slice(0, -1).map((seconds, index) => [
    elapsed(seconds * 1000),
    ...series.map(({ values }) => {
      const value = values[index];
      return value === null || value === undefined ? 'none' : formatNumber(value);
    }),
  ]);
  return { columns: ['From', ...series.map(({ name }) => `${name}, ${definition.unit}`)], rows };
}
