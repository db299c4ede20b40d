import type { Plan } from '../../workload/plan/index.ts';
import { AXIS_WIDTH } from './block-chart.ts';
import { oneLine, sayMoment } from './wording.ts';

/** A phase, or what comes after the last one, on the time axis. */
export interface Stretch {
  /** `1 Business hours`. */
  readonly label: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** The stretches of time that the timeline of a plan shows, in order, without empty ones. */
export function stretchesOf(plan: Plan): Stretch[] {
  const endMs = plan.timeline.arrivalsPerSec.length * plan.timeline.binMs;
  const phases = plan.phases.map(({ index, name, startMs, durationMs }) => {
    return { label: `${index + 1} ${oneLine(name)}`, startMs, endMs: startMs + durationMs };
  });
  return [...phases, { label: 'end', startMs: plan.durationMs, endMs }].filter((each) => each.endMs > each.startMs);
}

/** The column at which a moment lies. */
export function columnOf(timeMs: number, totalMs: number, columns: number): number {
  return Math.min(columns, Math.round((timeMs / totalMs) * columns));
}

/** The three lines below a chart: the axis with a mark at each phase, the phases' names, and the time. */
export function phaseAxis(stretches: readonly Stretch[], columns: number): string[] {
  const totalMs = stretches.at(-1)?.endMs ?? 1;
  const line = new Array<string>(columns).fill('─');
  let [names, times] = ['', ''];
  for (const { label, startMs, endMs } of stretches) {
    const [from, to] = [columnOf(startMs, totalMs, columns), columnOf(endMs, totalMs, columns)];
    if (from > 0 && from < columns) line[from] = '┴';
    names = append(names, from, shorten(label, to - from - 1));
    const moment = sayMoment(startMs);
    if ((from === 0 || times.length < from) && from + moment.length <= columns) times = append(times, from, moment);
  }
  const margin = ' '.repeat(AXIS_WIDTH);
  return [`${'0 '.padStart(AXIS_WIDTH - 1)}└${line.join('')}`, `${margin}${names}`.trimEnd(), `${margin}${times}`];
}

function append(text: string, column: number, part: string): string {
  return `${text.padEnd(column)}${part}`;
}

function shorten(label: string, width: number): string {
  if (label.length <= width) return label;
  if (width >= 5) return `${label.slice(0, width - 1)}…`;
  const number = /^\d+/.exec(label)?.[0] ?? '';
  return number.length <= width ? number : '';
}
