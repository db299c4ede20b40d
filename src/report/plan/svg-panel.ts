import { formatNumber } from '../number-format.ts';
import { escapeMarkup } from './markup.ts';
import type { Stretch } from './phase-axis.ts';
import { resample, roundUp } from './resample.ts';
import { timeTicks } from './time-ticks.ts';
import { sayMoment } from './wording.ts';

/** One chart of a drawing: a series over time, with phases shaded behind it. */
export interface SvgPanel {
  readonly title: string;
  /** Values of equal intervals that fill the time axis. */
  readonly values: readonly number[];
  readonly stretches: readonly Stretch[];
  readonly totalMs: number;
  /** `steps` for a number per interval, `line` for one that changes smoothly. */
  readonly form: 'steps' | 'line';
  /** The class of the series, which gives it its colour. */
  readonly series: 'arrivals' | 'present';
  /** Upper edge, in the drawing's units. */
  readonly top: number;
}

/** Measures of all panels, in the drawing's units. */
export const PANEL = {
  left: 52,
  width: 852,
  titleHeight: 26,
  labelHeight: 20,
  plotHeight: 130,
  axisHeight: 24,
} as const;

/** The height of a panel with everything. */
export const PANEL_HEIGHT = PANEL.titleHeight + PANEL.labelHeight + PANEL.plotHeight + PANEL.axisHeight;

/** A wide character of the labels' font, in the drawing's units: a little more than most, so that labels do not overlap. */
const CHARACTER_WIDTH = 6.6;
/** More points than this cannot be told apart. */
const MOST_POINTS = 426;

/** The markup of one panel. */
export function svgPanel(panel: SvgPanel): string {
  const top = roundUp(Math.max(...panel.values));
  return [
    `<g transform="translate(${PANEL.left} ${panel.top})">`,
    `<text class="title" x="0" y="16">${escapeMarkup(panel.title)}</text>`,
    `<g transform="translate(0 ${PANEL.titleHeight})">`,
    ...panel.stretches.map((stretch, index) => shading(stretch, index, panel.totalMs)),
    `<g transform="translate(0 ${PANEL.labelHeight})">`,
    ...[0, 0.5, 1].map((part) => gridLine(part, top)),
    series(panel, top),
    ...timeTicks(panel.totalMs, 9).map((timeMs) => tick(timeMs, panel.totalMs)),
    '</g></g></g>',
  ].join('\n');
}

function shading({ label, startMs, endMs }: Stretch, index: number, totalMs: number): string {
  const [from, to] = [xOf(startMs, totalMs), xOf(endMs, totalMs)];
  const height = PANEL.labelHeight + PANEL.plotHeight;
  const characters = Math.floor((to - from - 8) / CHARACTER_WIDTH);
  const shown = label.length <= characters ? label : characters >= 4 ? `${label.slice(0, characters - 1)}…` : '';
  return [
    `<g><title>${escapeMarkup(label)}</title>`,
    `<rect x="${round(from)}" y="0" width="${round(to - from)}" height="${height}" class="${index % 2 === 0 ? 'shade' : 'ground'}"/>`,
    `<line class="grid" x1="${round(from)}" x2="${round(from)}" y1="0" y2="${height}"/>`,
    `<text class="label" x="${round(from + 5)}" y="14">${escapeMarkup(shown)}</text></g>`,
  ].join('');
}

function gridLine(part: number, top: number): string {
  const y = round(PANEL.plotHeight * (1 - part));
  const label = part === 0.5 ? '' : formatNumber(part * top);
  return `<line class="grid" x1="0" x2="${PANEL.width}" y1="${y}" y2="${y}"/><text class="scale" x="-8" y="${y + 4}">${label}</text>`;
}

function series({ values, form, series: name }: SvgPanel, top: number): string {
  const points = values.length > MOST_POINTS ? resample(values, MOST_POINTS) : values;
  const width = PANEL.width / points.length;
  const heights = points.map((value) => round(PANEL.plotHeight * (1 - value / top)));
  const line =
    form === 'steps'
      ? heights.map((y, index) => `${index === 0 ? 'M0 ' : 'V'}${y}H${round((index + 1) * width)}`).join('')
      : heights.map((y, index) => `${index === 0 ? 'M' : 'L'}${round((index + 0.5) * width)} ${y}`).join('');
  const [first, last] = form === 'steps' ? [0, PANEL.width] : [round(width / 2), round((points.length - 0.5) * width)];
  const area = `${line}L${last} ${PANEL.plotHeight}L${first} ${PANEL.plotHeight}Z`;
  return `<path class="area ${name}" d="${area}"/><path class="curve ${name}" d="${line}"/>`;
}

function tick(timeMs: number, totalMs: number): string {
  const x = round(xOf(timeMs, totalMs));
  return `<line class="grid" x1="${x}" x2="${x}" y1="${PANEL.plotHeight}" y2="${PANEL.plotHeight + 4}"/><text class="time" x="${x}" y="${PANEL.plotHeight + 17}">${sayMoment(timeMs)}</text>`;
}

function xOf(timeMs: number, totalMs: number): number {
  return (Math.min(timeMs, totalMs) / totalMs) * PANEL.width;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
