import { formatNumber } from '../../number-format.ts';
import { elapsed } from '../shared/elapsed.ts';
import { type HeatMap, heatMap } from '../shared/heat-map.ts';
import type { ReportData } from '../shared/report-data.ts';
import { selectGroups } from '../shared/select.ts';
import { timeAxis, valueAxis } from './axes.ts';
import type { TableContent } from './behind-table.ts';
import { createFrame } from './chart-frame.ts';
import { drawLimits } from './decorations.ts';
import { element } from './dom.ts';
import { timeLimits } from './lane-limits.ts';
import { ofSelection, timeName } from './lane-titles.ts';
import type { Panel } from './panels.ts';
import { runMark, type State } from './state.ts';
import { colour, rgbOf } from './theme.ts';
import { keyboardCursor, timeCursor, zoomToSelection } from './time-cursor.ts';
import { stepLabel, type TimePoints, timePoints } from './time-points.ts';
import { createPlot, type Plot, type PlotOptions } from './uplot.ts';

const HINT = 'Each cell: how many requests took so long. Drag to zoom, double-click to see everything.';

/** How times were spread at each moment: the darker, the more requests. Of the last run of the page. */
export function heatLane(state: State): Panel {
  const frame = createFrame(HINT);
  let plot: Plot | undefined;
  const draw = (): void => {
    const run = state.runs.at(-1);
    const view = state.view();
    plot?.destroy();
    const points = timePoints(state, view.interval, 200);
    const map = run && heatMap(selectGroups(run, view.selection), view.measure, points.of(run));
    frame.root.hidden = map === undefined || run === undefined;
    if (map === undefined || run === undefined) return;
    const where = state.runs.length > 1 ? ` · ${runMark(1)}` : '';
    frame.setTitle(`${timeName(view)}, every request${ofSelection(view)}${where}`, `ms, ${stepLabel(points)}`);
    frame.describe(`Heat map: how many requests took how long, when. ${HINT}`);
    frame.setTable(() => tableOf(run, state));
    const value = element('span', { class: 'value' });
    frame.legend.replaceChildren(legendOf(map, value));
    plot = createPlot(
      optionsOf(map, run, state, points, frame.plot.clientWidth, value),
      [[...points.seconds], points.seconds.map(() => null)],
      frame.plot,
    );
  };
  keyboardCursor(
    frame.plot,
    () => plot,
    state,
    () => undefined,
  );
  return { root: frame.root, update: draw };
}

function optionsOf(
  map: HeatMap,
  run: ReportData,
  state: State,
  points: TimePoints,
  width: number,
  value: HTMLElement,
): PlotOptions {
  const { interval } = state.view();
  const limits = timeLimits(run, state.view());
  const image = imageOf(map);
  const shared = timeCursor(state);
  return {
    width: Math.max(240, width),
    height: 220,
    cursor: { ...shared.cursor, y: true, points: { show: false } },
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [interval.fromMs / 1000, interval.toMs / 1000] },
      y: { distr: 3, range: () => [map.lowestMs, map.lowestMs * map.rowFactor ** map.rows] },
    },
    axes: [timeAxis(), valueAxis(true)],
    series: [{}, { stroke: colour('blue') }],
    hooks: {
      draw: [
        (plot) => {
          drawImage(plot, image, points);
          drawLimits(plot, limits);
        },
      ],
      setSelect: [
        (plot) => {
          zoomToSelection(plot, state);
        },
      ],
      setCursor: [
        (plot) => {
          value.textContent = cellText(plot, map);
        },
      ],
    },
  };
}

/** One pixel for each cell, the lowest row at the bottom. */
function imageOf(map: HeatMap): HTMLCanvasElement {
  const columns = map.counts.length / map.rows;
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = map.rows;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const pixels = context.createImageData(columns, map.rows);
  const [from, to] = [rgbOf(colour('heat-from')), rgbOf(colour('heat-to'))];
  const scale = Math.log(1 + map.largest);
  map.counts.forEach((count, cell) => {
    if (count === 0) return;
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const at = ((map.rows - 1 - row) * columns + column) * 4;
    const share = Math.log(1 + count) / scale;
    for (const channel of [0, 1, 2] as const) {
      pixels.data[at + channel] = Math.round(from[channel] + (to[channel] - from[channel]) * share);
    }
    pixels.data[at + 3] = 255;
  });
  context.putImageData(pixels, 0, 0);
  return canvas;
}

function drawImage(plot: Plot, image: HTMLCanvasElement, { seconds }: TimePoints): void {
  const { ctx, bbox } = plot;
  const from = plot.valToPos(seconds[0] ?? 0, 'x', true);
  const to = plot.valToPos(seconds.at(-1) ?? 0, 'x', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.imageSmoothingEnabled = false;
  // The image ends with the run, which may be before the last point.
  ctx.drawImage(image, from, bbox.top, ((to - from) * image.width) / (seconds.length - 1), bbox.height);
  ctx.restore();
}

function cellText(plot: Plot, map: HeatMap): string {
  const { idx, top = -1 } = plot.cursor;
  if (idx === null || idx === undefined || top < 0) return '';
  const ms = plot.posToVal(top, 'y');
  const row = Math.floor(Math.log(ms / map.lowestMs) / Math.log(map.rowFactor));
  const columns = map.counts.length / map.rows;
  const count = idx < columns && row >= 0 && row < map.rows ? (map.counts[row * columns + idx] ?? 0) : 0;
  return `${formatNumber(count)} at ${formatNumber(ms)} ms`;
}

function legendOf(map: HeatMap, value: HTMLElement): HTMLElement {
  const ramp = document.createElement('canvas');
  ramp.width = 64;
  ramp.height = 10;
  ramp.setAttribute('aria-hidden', 'true');
  const context = ramp.getContext('2d');
  if (context !== null) {
    const gradient = context.createLinearGradient(0, 0, 64, 0);
    gradient.addColorStop(0, colour('heat-from'));
    gradient.addColorStop(1, colour('heat-to'));
    context.fillStyle = gradient;
    context.fillRect(0, 0, 64, 10);
  }
  return element('li', { class: 'ramp' }, value, '1', ramp, `${formatNumber(map.largest)} requests`);
}

const TABLE_COLUMNS = 20;

/** Fewer, longer points and steps of a third of a power of ten: what can be read. */
function tableOf(run: ReportData, state: State): TableContent {
  const { interval, selection, measure } = state.view();
  const points = timePoints(state, interval, TABLE_COLUMNS);
  const map = heatMap(selectGroups(run, selection), measure, points.of(run));
  if (map === undefined) return { columns: ['From'], rows: [] };
  const columns = map.counts.length / map.rows;
  const merged = 4;
  const steps = Array.from({ length: Math.ceil(map.rows / merged) }, (_, index) => index * merged);
  const upTo = (row: number): string =>
    `up to ${formatNumber(map.lowestMs * map.rowFactor ** Math.min(map.rows, row + merged))} ms`;
  const rows = points.seconds.slice(0, columns).map((seconds, column) => [
    elapsed(seconds * 1000),
    ...steps.map((first) => {
      let count = 0;
      for (let row = first; row < Math.min(map.rows, first + merged); row += 1)
        count += map.counts[row * columns + column] ?? 0;
      return formatNumber(count);
    }),
  ]);
  return { columns: ['From', ...steps.map(upTo)], rows };
}
