import { formatNumber } from '../../number-format.ts';
import { percentileCurve, percentileLabel } from '../shared/distribution.ts';
import { bottomAxis, valueAxis } from './axes.ts';
import { createFrame } from './chart-frame.ts';
import { curvesOf, valueText } from './curves.ts';
import type { LaneSeries } from './lane.ts';
import { ofSelection, timeName } from './lane-titles.ts';
import { fillLegend } from './legend.ts';
import type { Panel } from './panels.ts';
import { logRange } from './scales.ts';
import type { State } from './state.ts';
import { colour, SERIES_COLOURS } from './theme.ts';
import { createPlot, type Plot } from './uplot.ts';

const HEIGHT = 280;

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
    frame.setTitle(`${timeName(state.view())} by percentile${ofSelection(state.view())}`, 'ms');
    frame.describe(
      `Percentile plot. ${lines.map(({ name, values }) => `${name}: median ${formatNumber(medianOf(odds, values))} ms`).join('; ')}.`,
    );
    frame.setTable(() => ({
      columns: ['Percentile', ...lines.map(({ name }) => `${name}, ms`)],
      rows: odds.flatMap((each, at) =>
        at % 10 === 0 ? [[percentileLabel(each), ...lines.map(({ values }) => valueText(values[at]))]] : [],
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
            (marks) => marks.map((each) => markLabel(each, frame.plot.clientWidth)),
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
                lines.map(({ values }) => (idx === null || idx === undefined ? undefined : valueText(values[idx]))),
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

/** CSS pixels below which the first two marks would stand in each other. */
const NARROW = 420;

function markLabel(odds: number, width: number): string {
  if (odds === 1) return '0 %';
  if (odds === 2) return width < NARROW ? '' : '50 %';
  return percentileLabel(odds);
}

function medianOf(odds: readonly number[], values: readonly (number | null)[]): number {
  return values[odds.findIndex((each) => each >= 2)] ?? 0;
}
