import { styleText } from 'node:util';
import type { Plan } from '../../workload/plan/index.ts';
import { PLAIN, type Style } from '../style.ts';
import { AXIS_WIDTH, blockChart } from './block-chart.ts';
import { columnOf, phaseAxis, stretchesOf } from './phase-axis.ts';

/** How a chart is drawn. */
export interface ChartOptions {
  readonly style: Style;
  /** Characters per line. */
  readonly width: number;
  /** Lines for the bars. */
  readonly rows: number;
}

/** Two that differ in brightness as well, so that colour is not needed to tell them apart. */
const PHASE_COLOURS = ['cyan', 'blue'] as const;

/** New users per second over time, with the phases below. */
export function arrivalsChart(plan: Plan, options: ChartOptions): string[] {
  return [...bars(plan, plan.timeline.arrivalsPerSec, options), ...axis(plan, options)];
}

/** Users at work over time, with the phases below. */
export function concurrencyChart(plan: Plan, options: ChartOptions): string[] {
  return [...bars(plan, plan.timeline.concurrency, options), ...axis(plan, options)];
}

function bars(plan: Plan, values: readonly number[], { style, width, rows }: ChartOptions): string[] {
  const columns = width - AXIS_WIDTH;
  const stretches = stretchesOf(plan);
  const totalMs = stretches.at(-1)?.endMs ?? 1;
  const starts = stretches.map(({ startMs }) => columnOf(startMs, totalMs, columns));
  const paint = (cell: string, column: number): string => {
    if (style === PLAIN || cell === ' ') return cell;
    if (cell === '┊') return style.dim(cell);
    const stretch = starts.findLastIndex((start) => start <= column);
    return styleText(PHASE_COLOURS[stretch % 2] ?? 'cyan', cell, { validateStream: false });
  };
  return blockChart({ values, columns, rows, boundaries: starts.slice(1), paint });
}

function axis(plan: Plan, { style, width }: ChartOptions): string[] {
  const [line = '', names = '', times = ''] = phaseAxis(stretchesOf(plan), width - AXIS_WIDTH);
  return [line, names, style.dim(times)];
}
