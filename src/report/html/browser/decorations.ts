import { formatQuantity } from '../../number-format.ts';
import type { Interval } from '../shared/interval.ts';
import type { LimitLine, PhaseSpan } from '../shared/report-data.ts';
import { visibleText } from '../shared/visible-text.ts';
import { colour } from './theme.ts';
import type { Plot } from './uplot.ts';

const LABEL_SIZE = 11;

/** Room above a chart for the names of phases, in CSS pixels. */
export const NAME_HEIGHT = 17;

/** The parts of a run in which it was in a phase, shaded in turn and named where there is room. */
export function drawPhases(plot: Plot, phases: readonly PhaseSpan[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  phases.forEach(({ name, fromMs, toMs }, index) => {
    const from = Math.max(bbox.left, plot.valToPos(fromMs / 1000, 'x', true));
    const to = Math.min(bbox.left + bbox.width, plot.valToPos(toMs / 1000, 'x', true));
    if (to <= from) return;
    if (index % 2 === 0) {
      ctx.fillStyle = colour('shade');
      ctx.fillRect(from, bbox.top - NAME_HEIGHT * ratio, to - from, bbox.height + NAME_HEIGHT * ratio);
    }
    const left = from + 5 * ratio;
    labelFont(ctx);
    ctx.fillStyle = colour('muted');
    ctx.textBaseline = 'top';
    ctx.textAlign = 'left';
    const text = fitting(ctx, visible(name), to - left - 5 * ratio);
    if (text !== '') ctx.fillText(text, left, bbox.top - (NAME_HEIGHT - 3) * ratio);
  });
  ctx.restore();
}

/** Thresholds as lines over the part of the run that they are about; one that lies outside is said at the edge. */
export function drawLimits(plot: Plot, limits: readonly LimitLine[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  clipTo(plot);
  labelFont(ctx);
  ctx.strokeStyle = colour('bad');
  ctx.fillStyle = colour('bad');
  ctx.lineWidth = 1.5 * ratio;
  let outside = 0;
  for (const { limit, unit, fromMs, toMs, label } of limits) {
    const from = Math.max(bbox.left, plot.valToPos(fromMs / 1000, 'x', true));
    const to = Math.min(bbox.left + bbox.width, plot.valToPos(toMs / 1000, 'x', true));
    if (to <= from) continue;
    const y = plot.valToPos(limit, 'y', true);
    const isAbove = y < bbox.top;
    const text = `${isAbove ? '↑ ' : ''}limit of ${label}: ${formatQuantity(limit, unit)}`;
    ctx.textAlign = 'right';
    ctx.textBaseline = isAbove ? 'top' : 'bottom';
    if (isAbove) {
      ctx.fillText(text, to - 4 * ratio, bbox.top + (16 + 13 * outside) * ratio);
      outside += 1;
      continue;
    }
    ctx.setLineDash([8 * ratio, 4 * ratio]);
    ctx.beginPath();
    ctx.moveTo(from, y);
    ctx.lineTo(to, y);
    ctx.stroke();
    const isNarrow = to - from < ctx.measureText(text).width + 8 * ratio;
    if (!isNarrow) backedText(ctx, text, to - 4 * ratio, y - 3 * ratio);
  }
  ctx.restore();
}

/** Hatches the parts whose numbers must not be believed, and says so. */
export function drawInvalid(plot: Plot, overlapping: readonly Interval[]): void {
  const spans = merged(overlapping);
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const gap = 7 * ratio;
  for (const { fromMs, toMs } of spans) {
    const from = Math.max(bbox.left, plot.valToPos(fromMs / 1000, 'x', true));
    const to = Math.min(bbox.left + bbox.width, plot.valToPos(toMs / 1000, 'x', true));
    if (to <= from) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(from, bbox.top, to - from, bbox.height);
    ctx.clip();
    ctx.strokeStyle = colour('warn');
    ctx.globalAlpha = 0.5;
    ctx.lineWidth = ratio;
    ctx.beginPath();
    for (let x = from - bbox.height; x < to; x += gap) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour('warn');
    ctx.fillRect(from, bbox.top, to - from, 3 * ratio);
    ctx.restore();
  }
  if (spans.length > 0)
    invalidLabel(
      plot,
      spans.map(({ fromMs }) => fromMs),
    );
}

/** Text on a ground of its own, so that lines do not run through it; its lower right corner is given. */
function backedText(ctx: CanvasRenderingContext2D, text: string, right: number, bottom: number): void {
  const ink = ctx.fillStyle;
  const [width, height] = [ctx.measureText(text).width, LABEL_SIZE * 1.2 * devicePixelRatio];
  ctx.globalAlpha = 0.8;
  ctx.fillStyle = colour('ground');
  ctx.fillRect(right - width - 2, bottom - height, width + 4, height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = ink;
  ctx.fillText(text, right, bottom);
}

/** Several findings may be about the same seconds. */
function merged(spans: readonly Interval[]): Interval[] {
  const apart: Interval[] = [];
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = apart.at(-1);
    if (last === undefined || span.fromMs > last.toMs) apart.push(span);
    else apart[apart.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) };
  }
  return apart;
}

function invalidLabel(plot: Plot, starts: readonly number[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const x = Math.max(bbox.left, plot.valToPos(Math.min(...starts) / 1000, 'x', true)) + 4 * ratio;
  if (x > bbox.left + bbox.width - 60 * ratio) return;
  ctx.save();
  labelFont(ctx);
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  const text = 'not valid';
  ctx.fillStyle = colour('ground');
  ctx.fillRect(x - 2 * ratio, bbox.top + bbox.height - 17 * ratio, ctx.measureText(text).width + 4 * ratio, 15 * ratio);
  ctx.fillStyle = colour('warn');
  ctx.fillText(text, x, bbox.top + bbox.height - 3 * ratio);
  ctx.restore();
}

function clipTo({ ctx, bbox }: Plot): void {
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}

function labelFont(ctx: CanvasRenderingContext2D): void {
  ctx.font = `${LABEL_SIZE * devicePixelRatio}px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
}

function visible(text: string): string {
  return visibleText(text).replace(/[\u2028\u2029\p{Cc}]/gu, ' ');
}

/** The beginning of a text, as much as there is room for. */
function fitting(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 2 && ctx.measureText(`${text.slice(0, length)}…`).width > room) length -= 1;
  return length > 2 ? `${text.slice(0, length)}…` : '';
}
