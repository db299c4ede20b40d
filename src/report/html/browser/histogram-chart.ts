import { formatNumber } from '../../number-format.ts';
import { histogramBars } from '../shared/distribution.ts';
import { bottomAxis, logMarks, valueAxis } from './axes.ts';
import { createFrame } from './chart-frame.ts';
import { curvesOf, valueText } from './curves.ts';
import type { LaneSeries } from './lane.ts';
import { ofSelection, timeName } from './lane-titles.ts';
import { fillLegend } from './legend.ts';
import type { Panel } from './panels.ts';
import { linearRange } from './scales.ts';
import type { State } from './state.ts';
import { colour, SERIES_COLOURS } from './theme.ts';
import { barPaths, createPlot, type Plot } from './uplot.ts';

const HEIGHT = 280;

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
    frame.setTitle(`${timeName(state.view())}, how often${ofSelection(state.view())}`, 'requests by ms');
    frame.describe(`Histogram of ${lines.map(({ name }) => name).join(' and ')}.`);
    frame.setTable(() => ({
      columns: ['From, ms', ...lines.map(({ name }) => `${name}, requests`)],
      rows: edges.map((edge, at) => [formatNumber(edge), ...lines.map(({ values }) => valueText(values[at]))]),
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
                lines.map(({ values }) => (idx === null || idx === undefined ? undefined : valueText(values[idx]))),
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
