import { formatNumber } from '../../number-format.ts';
import type { MarkedChange, TrendData, TrendRow } from '../shared/trend.ts';
import { bottomAxis, valueAxis } from './axes.ts';
import { type ChartFrame, createFrame } from './chart-frame.ts';
import { byId, element } from './dom.ts';
import type { LaneSeries } from './lane.ts';
import { fillLegend } from './legend.ts';
import { linearRange, logRange } from './scales.ts';
import { colour, onThemeChange } from './theme.ts';
import { createPlot, type Plot } from './uplot.ts';

interface TrendChart {
  readonly title: string;
  readonly unit: string;
  readonly isLogarithmic: boolean;
  /** Which changes are marked in it. */
  readonly marks: MarkedChange['chart'] | undefined;
  readonly series: (endpoint: string) => LaneSeries[];
}

/** Charts with one point for each run. */
export function trendCharts(extra: unknown): void {
  // The page and its data are written together.
  const { rows, changes } = extra as TrendData;
  const target = byId('trend-charts');
  if (target === undefined) return;
  const names = [...new Set(rows.flatMap(({ endpoints }) => Object.keys(endpoints)))];
  const select = element(
    'select',
    {},
    element('option', { value: '' }, 'All'),
    ...names.map((name) => element('option', {}, name)),
  );
  const frames = chartsOf(rows).map((chart) => ({
    chart,
    frame: createFrame('One point for each run'),
    plot: undefined as Plot | undefined,
  }));
  target.append(
    element('div', { class: 'controls' }, element('label', { class: 'field' }, 'Requests', select)),
    ...frames.map(({ frame }) => frame.root),
  );
  const draw = (): void => {
    for (const each of frames) {
      each.plot?.destroy();
      each.plot = drawTrend(each.frame, each.chart, { rows, changes }, select.value);
    }
    document.body.dataset.drawn = 'true';
  };
  select.addEventListener('change', draw);
  addEventListener('resize', draw);
  onThemeChange(draw);
  draw();
}

function chartsOf(rows: readonly TrendRow[]): TrendChart[] {
  const timesOf = (row: TrendRow, endpoint: string): TrendRow['times'] =>
    endpoint === '' ? row.times : row.endpoints[endpoint];
  const line = (name: 'p50' | 'p95' | 'p99', tone: LaneSeries['colour'], endpoint: string): LaneSeries => ({
    name,
    colour: tone,
    width: 2,
    values: rows.map((row) => timesOf(row, endpoint)?.[name] ?? null),
  });
  return [
    {
      title: 'Times',
      unit: 'ms',
      isLogarithmic: true,
      marks: 'times',
      series: (endpoint) => [
        line('p50', 'blue', endpoint),
        line('p95', 'orange', endpoint),
        line('p99', 'purple', endpoint),
      ],
    },
    {
      title: 'Requests',
      unit: 'per second',
      isLogarithmic: false,
      marks: undefined,
      series: () => [{ name: 'requests', colour: 'blue', width: 2, values: rows.map(({ perSecond }) => perSecond) }],
    },
    {
      title: 'Errors',
      unit: '% of requests',
      isLogarithmic: false,
      marks: 'errors',
      series: () => [
        {
          name: 'errors',
          colour: 'pink',
          width: 2,
          values: rows.map(({ errorShare }) => (errorShare === undefined ? null : errorShare * 100)),
        },
      ],
    },
  ];
}

function drawTrend(frame: ChartFrame, chart: TrendChart, { rows, changes }: TrendData, endpoint: string): Plot {
  const marked = changes.filter((change) => change.chart === chart.marks && change.endpoint === endpoint);
  const series = chart.series(endpoint);
  const values = series.flatMap((line) => line.values).filter((value) => value !== null);
  const positive = values.filter((value) => value > 0);
  const range = chart.isLogarithmic
    ? logRange(Math.min(...positive), Math.max(...positive))
    : linearRange(Math.max(0, ...values), 1);
  const of = endpoint === '' || !chart.isLogarithmic ? '' : ` of “${endpoint}”`;
  frame.setTitle(`${chart.title}${of}`, chart.unit);
  const told = marked.map(({ text: change }) => ` ${change}`).join('');
  frame.describe(`One point for each of ${rows.length} runs, in the order of time.${told}`);
  frame.setTable(() => ({
    columns: ['Run', ...series.map(({ name }) => `${name}, ${chart.unit}`)],
    rows: rows.map((row, index) => [row.name, ...series.map((line) => text(line.values[index]))]),
  }));
  const legend = fillLegend(frame.legend, series, new Set(), () => undefined);
  return createPlot(
    {
      width: Math.max(240, frame.plot.clientWidth),
      height: chart.isLogarithmic ? 260 : 150,
      padding: [chart.isLogarithmic ? 22 : 8, null, 0, 0],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 } },
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [-0.3, rows.length - 0.7] },
        y: { distr: chart.isLogarithmic ? 3 : 1, range: () => range },
      },
      axes: [
        bottomAxis(
          (marks) => marks.map((mark) => rows[mark]?.startedAt.slice(5, 16).replace('T', ' ') ?? ''),
          () => labelled(rows.length, frame.plot.clientWidth),
        ),
        valueAxis(chart.isLogarithmic),
      ],
      series: [
        {},
        ...series.map((line) => ({
          stroke: colour(line.colour),
          width: line.width ?? 1,
          points: { show: true, size: 7, fill: colour('ground') },
        })),
      ],
      hooks: {
        draw: [
          (plot) => {
            if (chart.isLogarithmic) drawVerdicts(plot, rows);
            drawChanges(plot, marked);
          },
        ],
        setCursor: [
          ({ cursor: { idx } }) => {
            legend.show(series.map((line) => (idx === null || idx === undefined ? undefined : text(line.values[idx]))));
          },
        ],
      },
    },
    [rows.map((_, index) => index), ...series.map((line) => line.values)],
    frame.plot,
  );
}

/** A line between the last run before a change and the first one after it. */
function drawChanges(plot: Plot, changes: readonly MarkedChange[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour('ink');
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash([5 * ratio, 4 * ratio]);
  for (const at of new Set(changes.map((change) => change.at))) {
    const x = plot.valToPos(at - 0.5, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

const SIGNS = { good: '✓', bad: '✕', warn: '!' } as const;
const TONES = { good: 'good', bad: 'bad', warn: 'warn' } as const;

/** The verdict of each run above its points. */
function drawVerdicts(plot: Plot, rows: readonly TrendRow[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `700 ${14 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  rows.forEach(({ tone }, index) => {
    ctx.fillStyle = colour(TONES[tone]);
    ctx.fillText(SIGNS[tone], plot.valToPos(index, 'x', true), bbox.top - 3 * ratio);
  });
  ctx.restore();
}

const LABEL_WIDTH = 92;

/** As many runs as there is room to name. */
function labelled(runs: number, width: number): number[] {
  const every = Math.max(1, Math.ceil((runs * LABEL_WIDTH) / Math.max(LABEL_WIDTH, width)));
  return Array.from({ length: runs }, (_, index) => index).filter((index) => index % every === 0);
}

function text(value: number | null | undefined): string {
  return value === null || value === undefined ? 'none' : formatNumber(value);
}
