import { formatNumber } from '../../number-format.ts';
import { elapsed } from '../shared/elapsed.ts';
import { colour } from './theme.ts';
import type { PlotAxis } from './uplot.ts';

/** All lanes have the same margin on the left, so that a moment is at the same place in each. */
export const LEFT_MARGIN = 64;

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Seconds between marks that people like. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

const SHARED = {
  font: FONT,
  labelFont: FONT,
  ticks: { show: true, size: 4, width: 1, stroke: () => colour('line') },
  grid: { show: true, width: 1, stroke: () => colour('line') },
  stroke: () => colour('muted'),
} satisfies PlotAxis;

/** Time since the beginning of the run, in seconds. */
export function timeAxis(): PlotAxis {
  return {
    ...SHARED,
    grid: { show: false },
    size: 26,
    gap: 4,
    space: 64,
    incrs: TIME_STEPS,
    values: (_plot, splits) => splits.map((seconds) => elapsed(seconds * 1000)),
  };
}

/** Any quantity, on the left. */
export function valueAxis(isLogarithmic: boolean): PlotAxis {
  return {
    ...SHARED,
    size: LEFT_MARGIN,
    gap: 6,
    space: 26,
    // A logarithmic axis offers nine marks for each power of ten; 1, 2 and 5 are enough.
    values: (_plot, splits) =>
      splits.map((value) => (value === null || (isLogarithmic && !isRound(value)) ? '' : formatNumber(value))),
  };
}

/** A quantity below a chart that is not about time. */
export function bottomAxis(values: (splits: readonly number[]) => string[], splits?: () => number[]): PlotAxis {
  return {
    ...SHARED,
    size: 28,
    gap: 4,
    space: 56,
    values: (_plot, marks) => values(marks),
    ...(splits === undefined ? {} : { splits: () => splits() }),
  };
}

/** 1, 2 or 5 times a power of ten. */
export function isRound(value: number): boolean {
  const digit = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
  return digit === 1 || digit === 2 || digit === 5 || digit === 10;
}
