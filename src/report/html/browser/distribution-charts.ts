import { formatNumber } from '../../number-format.ts';
import { histogramBars, percentileCurve, percentileLabel } from '../shared/distribution.ts';
import { addGroups } from '../shared/figures.ts';
import { createHistogram, type Histogram } from '../shared/histogram.ts';
import { binsOf, type Interval } from '../shared/interval.ts';
import type { ReportData } from '../shared/report-data.ts';
import { selectGroups, selectionLabel } from '../shared/select.ts';
import { bottomAxis, logMarks, valueAxis } from './axes.ts';
import { createFrame } from './chart-frame.ts';
import type { LaneSeries } from './lane.ts';
import { fillLegend } from './legend.ts';
import type { Panel } from './panels.ts';
import { timeName } from './request-lanes.ts';
import { linearRange, logRange } from './scales.ts';
import { runMark, type State } from './state.ts';
import { colour, SERIES_COLOURS } from './theme.ts';
import { barPaths, createPlot, type Plot } from './uplot.ts';

const HEIGHT = 280;

interface Curve {
  readonly name: string;
  readonly histogram: Histogram;
}

/** What is compared: the interval as a whole and, when that is the whole run, each of its phases; or two runs. */
function curvesOf(state: State): Curve[] {
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

/** The percentile plot: on an axis on which each power of ten is one more nine, the tail is as wide as the rest. */
export function percentileChart(state: State): Panel {
  const frame = createFrame('Percentiles; each step to the right is one more nine');
  const hidden = new Set<string>();
  let plot: Plot | undefined;
  const draw = (): void => {
    const curves = curvesOf(state).map(({ name, histogram }) => ({ name, points: percentileCurve(histogram) }));
    plot?.destroy();
    frame.root.hidden = curves.length === 0;
    if (curves.length === 0) return;
    const longest = curves.reduce((a, b) => (b.points.length > a.points.length ? b : a));
    const odds = longest.points.map((point) => point.odds);
    const lines = curves.map(
      (curve, index): LaneSeries => ({
        name: curve.name,
        colour: SERIES_COLOURS[index % SERIES_COLOURS.length] ?? 'grey',
        width: index === 0 ? 2.5 : 1.25,
        dash: index === 0 ? undefined : DASHES[index % DASHES.length],
        values: odds.map((each, at) => (curve.points[at]?.odds === each ? (curve.points[at]?.ms ?? null) : null)),
      }),
    );
    frame.setTitle(`${timeName(state.view())} by percentile${suffix(state)}`, 'ms');
    frame.describe(
      `Percentile plot. ${lines.map(({ name, values }) => `${name}: median ${formatNumber(medianOf(odds, values))} ms`).join('; ')}.`,
    );
    frame.setTable(() => ({
      columns: ['Percentile', ...lines.map(({ name }) => `${name}, ms`)],
      rows: odds.flatMap((each, at) =>
        at % 10 === 0 ? [[percentileLabel(each), ...lines.map(({ values }) => text(values[at]))]] : [],
      ),
    }));
    const legend = fillLegend(frame.legend, lines, hidden, (name) => {
      if (!hidden.delete(name)) hidden.add(name);
      draw();
    });
    const all = lines.flatMap(({ values }) => values).filter((value) => value !== null && value > 0) as number[];
    const range = logRange(Math.min(...all), Math.max(...all));
    plot = createPlot(
      {
        width: Math.max(240, frame.plot.clientWidth),
        height: HEIGHT,
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
        legend: { show: false },
        scales: {
          x: { time: false, distr: 3, range: () => [1, odds.at(-1) ?? 10] },
          y: { distr: 3, range: () => range },
        },
        axes: [
          bottomAxis(
            (marks) => marks.map((each) => (each === 1 ? '0 %' : each === 2 ? '50 %' : percentileLabel(each))),
            () => [1, 2, 10, 100, 1000, 10_000, 100_000, 1_000_000].filter((each) => each <= (odds.at(-1) ?? 10)),
          ),
          valueAxis(true),
        ],
        series: [
          {},
          ...lines.map((line) => ({
            label: line.name,
            show: !hidden.has(line.name),
            stroke: colour(line.colour),
            width: line.width ?? 1,
            points: { show: false },
            ...(line.dash === undefined ? {} : { dash: [...line.dash] }),
          })),
        ],
        hooks: {
          setCursor: [
            ({ cursor: { idx } }) => {
              legend.show(
                lines.map(({ values }) => (idx === null || idx === undefined ? undefined : text(values[idx]))),
              );
            },
          ],
        },
      },
      [odds, ...lines.map(({ values }) => values.map((value) => (value === null ? null : Math.max(value, 1e-3))))],
      frame.plot,
    );
  };
  return { root: frame.root, update: draw };
}

const DASHES: readonly (readonly number[])[] = [
  [8, 3],
  [3, 3],
  [8, 3, 2, 3],
  [1, 3],
];

function suffix(state: State): string {
  const { selection } = state.view();
  return selection.kind === 'all' ? '' : ` of “${selectionLabel(selection)}”`;
}

function medianOf(odds: readonly number[], values: readonly (number | null)[]): number {
  return values[odds.findIndex((each) => each >= 2)] ?? 0;
}

function text(value: number | null | undefined): string {
  return value === null || value === undefined ? 'none' : formatNumber(value);
}

/** How many requests took how long, on a logarithmic axis of time. */
export function histogramChart(state: State): Panel {
  const frame = createFrame('How many requests took how long');
  let plot: Plot | undefined;
  const draw = (): void => {
    const curves = (state.runs.length > 1 ? curvesOf(state) : curvesOf(state).slice(0, 1)).map(
      ({ name, histogram }) => ({
        name,
        bars: histogramBars(histogram),
      }),
    );
    plot?.destroy();
    frame.root.hidden = curves.length === 0;
    if (curves.length === 0) return;
    const edges = edgesOf(curves.flatMap(({ bars }) => bars.map(({ fromMs }) => fromMs)));
    const lines = curves.map(({ name, bars }, index): LaneSeries => {
      const counts = new Map(bars.map(({ fromMs, count }) => [stepOf(fromMs), count]));
      return {
        name,
        colour: SERIES_COLOURS[index] ?? 'grey',
        width: 1,
        values: edges.map((edge) => counts.get(stepOf(edge)) ?? 0),
      };
    });
    const largest = Math.max(...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
    const middles = edges.map((edge) => edge * BAR_FACTOR ** 0.5);
    frame.setTitle(`${timeName(state.view())}, how often${suffix(state)}`, 'requests by ms');
    frame.describe(`Histogram of ${lines.map(({ name }) => name).join(' and ')}.`);
    frame.setTable(() => ({
      columns: ['From, ms', ...lines.map(({ name }) => `${name}, requests`)],
      rows: edges.map((edge, at) => [formatNumber(edge), ...lines.map(({ values }) => text(values[at]))]),
    }));
    const legend = fillLegend(frame.legend, lines, new Set(), () => undefined);
    plot = createPlot(
      {
        width: Math.max(240, frame.plot.clientWidth),
        height: HEIGHT,
        cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
        legend: { show: false },
        scales: {
          x: { time: false, distr: 3, range: () => [edges[0] ?? 1, (edges.at(-1) ?? 10) * BAR_FACTOR] },
          y: { range: () => linearRange(largest) },
        },
        axes: [
          bottomAxis(
            (marks) => marks.map((each) => formatNumber(each)),
            () => logMarks(edges[0] ?? 1, (edges.at(-1) ?? 10) * BAR_FACTOR),
          ),
          valueAxis(false),
        ],
        series: [{}, ...lines.map((line, index) => barStyle(line, index, lines.length))],
        hooks: {
          setCursor: [
            ({ cursor: { idx } }) => {
              legend.show(
                lines.map(({ values }) => (idx === null || idx === undefined ? undefined : text(values[idx]))),
              );
            },
          ],
        },
      },
      [middles, ...lines.map(({ values }) => values)],
      frame.plot,
    );
  };
  return { root: frame.root, update: draw };
}

/** The width of a bar, as a factor. */
const BAR_FACTOR = 10 ** (1 / 20);

function stepOf(ms: number): number {
  return Math.round(Math.log10(ms) * 20);
}

function edgesOf(from: readonly number[]): number[] {
  const steps = from.map(stepOf);
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** ((first + index) / 20));
}

/** Bars for one run; two runs are lines, since bars would cover each other. */
function barStyle(line: LaneSeries, index: number, lines: number): Parameters<typeof createPlot>[0]['series'][number] {
  const stroke = colour(line.colour);
  const paths = lines === 1 ? barPaths() : undefined;
  return {
    label: line.name,
    stroke,
    width: lines === 1 ? 0 : 2,
    points: { show: false },
    ...(lines === 1 ? { fill: stroke } : {}),
    ...(paths === undefined ? {} : { paths }),
    ...(lines > 1 && index === 0 ? { dash: [6, 4] } : {}),
  };
}
