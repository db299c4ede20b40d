import { formatNumber } from '../../number-format.ts';
import { findKnee, type Knee, type LoadPoint } from '../shared/knee.ts';
import type { ReportData } from '../shared/report-data.ts';
import { selectGroups } from '../shared/select.ts';
import { quantileSeries, rateSeries } from '../shared/series.ts';
import { bottomAxis, valueAxis } from './axes.ts';
import { createFrame } from './chart-frame.ts';
import { element } from './dom.ts';
import { ofSelection, timeName } from './lane-titles.ts';
import { fillLegend } from './legend.ts';
import type { Panel } from './panels.ts';
import { linearRange, logRange } from './scales.ts';
import { runMark, type State } from './state.ts';
import { type Colour, colour } from './theme.ts';
import { timePoints } from './time-points.ts';
import { createPlot, type Plot } from './uplot.ts';

/** Long enough for a tail, short enough for many points. */
const POINTS = 150;

const COLOURS: readonly Colour[] = ['blue', 'orange'];

/** The 95th percentile of each short span against the requests that were due in it, and the knee, if there is one. */
export function loadChart(state: State): Panel {
  const frame = createFrame('Each point is a short span of the run');
  const sentence = element('p', { class: 'hint' });
  const root = element('div', {}, sentence, frame.root);
  let plot: Plot | undefined;
  const draw = (): void => {
    const clouds = state.runs.map((run, index) => ({ name: runMark(index), points: loadPoints(run, state) }));
    const all = clouds.flatMap(({ points }) => points);
    plot?.destroy();
    frame.root.hidden = all.length === 0;
    sentence.textContent = all.length === 0 ? 'There are no times to set against the load.' : sentenceOf(clouds, state);
    if (all.length === 0) return;
    const knee = findKnee(clouds.at(-1)?.points ?? []);
    frame.setTitle(
      `${timeName(state.view())} against load${ofSelection(state.view())}`,
      'p95 in ms by requests due per second',
    );
    frame.describe(sentence.textContent);
    const lines = clouds.map(({ name }, index) => ({ name, colour: COLOURS[index] ?? 'grey', width: 4, dash: [1, 6] }));
    fillLegend(frame.legend, state.runs.length > 1 ? lines : [], new Set(), () => undefined);
    const sorted = all.toSorted((a, b) => a.perSecond - b.perSecond);
    frame.setTable(() => ({
      columns: ['Requests due per second', 'p95, ms'],
      rows: sorted
        .filter((_, index) => index % Math.ceil(sorted.length / 40) === 0)
        .map(({ perSecond, ms }) => [formatNumber(perSecond), formatNumber(ms)]),
    }));
    plot = drawCloud(
      frame.plot,
      clouds.map(({ points }) => points),
      knee,
    );
  };
  return { root, update: draw };
}

function loadPoints(run: ReportData, state: State): LoadPoint[] {
  const { selection, interval, measure } = state.view();
  const groups = selectGroups(run, selection);
  const points = timePoints(state, interval, POINTS).of(run);
  const [p95 = []] = quantileSeries(groups, measure, [0.95], points);
  const rates = rateSeries(
    run,
    groups.map(({ requests }) => requests),
    points,
  );
  return rates.flatMap((perSecond, index) => {
    const ms = p95[index];
    return perSecond === null || ms === null || ms === undefined || perSecond === 0 ? [] : [{ perSecond, ms }];
  });
}

function drawCloud(target: HTMLElement, clouds: readonly (readonly LoadPoint[])[], knee: Knee | undefined): Plot {
  const tagged = clouds.flatMap((points, cloud) => points.map((point) => ({ ...point, cloud })));
  const sorted = tagged.toSorted((a, b) => a.perSecond - b.perSecond);
  const times = sorted.map(({ ms }) => Math.max(ms, 1e-3));
  const range = logRange(Math.min(...times), Math.max(...times));
  const largest = sorted.at(-1)?.perSecond;
  return createPlot(
    {
      width: Math.max(240, target.clientWidth),
      height: 300,
      cursor: { drag: { x: false, y: false }, points: { size: 8 } },
      legend: { show: false },
      scales: { x: { time: false, range: () => linearRange(largest) }, y: { distr: 3, range: () => range } },
      axes: [bottomAxis((marks) => marks.map((each) => `${formatNumber(each)}/s`)), valueAxis(true)],
      series: [
        {},
        ...clouds.map((_, cloud) => ({
          stroke: colour(COLOURS[cloud] ?? 'grey'),
          paths: () => null,
          points: {
            show: true,
            size: 5,
            width: 1.25,
            fill: cloud === 0 ? `${colour(COLOURS[cloud] ?? 'grey')}55` : colour('ground'),
          },
        })),
      ],
      hooks: {
        draw: [
          (plot) => {
            if (knee !== undefined) drawKnee(plot, knee);
          },
        ],
      },
    },
    [
      sorted.map(({ perSecond }) => perSecond),
      ...clouds.map((_, cloud) => sorted.map((point) => (point.cloud === cloud ? Math.max(point.ms, 1e-3) : null))),
    ],
    target,
  );
}

function drawKnee(plot: Plot, knee: Knee): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const x = plot.valToPos(knee.perSecond, 'x', true);
  ctx.save();
  ctx.strokeStyle = colour('ink');
  ctx.fillStyle = colour('ink');
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash([6 * ratio, 4 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `600 ${12 * ratio}px system-ui, sans-serif`;
  ctx.textBaseline = 'top';
  const isRight = x > bbox.left + bbox.width * 0.75;
  ctx.textAlign = isRight ? 'right' : 'left';
  ctx.fillText(`knee: ${formatNumber(knee.perSecond)}/s`, x + (isRight ? -6 : 6) * ratio, bbox.top + 4 * ratio);
  ctx.restore();
}

function sentenceOf(
  clouds: readonly { readonly name: string; readonly points: readonly LoadPoint[] }[],
  state: State,
): string {
  const sentences = clouds.map(({ name, points }) => {
    const of = state.runs.length > 1 ? `${name}: ` : '';
    const knee = findKnee(points);
    if (knee !== undefined) {
      return `${of}Up to about ${formatNumber(knee.perSecond)} requests per second p95 stays near ${formatNumber(knee.ms)} ms; beyond, each further request per second adds about ${formatNumber(knee.slopeAbove)} ms.`;
    }
    const loads = points.map(({ perSecond }) => perSecond);
    if (loads.length === 0) return `${of}No times.`;
    const spread = `between ${formatNumber(Math.min(...loads))} and ${formatNumber(Math.max(...loads))} requests per second`;
    return `${of}No knee ${spread}: times do not begin to rise with the load at any one point.`;
  });
  return sentences.join(' ');
}
