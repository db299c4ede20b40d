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

/** uPlot leaves out marks of logarithmic axes by its own rules; ours are few already. */
const KEEP_ALL = (_plot: unknown, splits: number[]): number[] => splits;

/** Powers of ten, with 2 and 5 times them on an axis that spans less than two of them. */
export function logMarks(low: number, high: number): number[] {
  const digits = high / low < 100 ? [1, 2, 5] : [1];
  const powers = Array.from({ length: 12 }, (_, index) => 10 ** (index - 4));
  return powers
    .flatMap((power) => digits.map((digit) => digit * power))
    .filter((mark) => mark >= low * 0.999 && mark <= high * 1.001);
}

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
    ...(isLogarithmic
      ? { splits: (_plot: unknown, _axis: number, low: number, high: number) => logMarks(low, high), filter: KEEP_ALL }
      : {}),
    values: (_plot, splits) => splits.map((value) => formatNumber(value)),
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
    ...(splits === undefined ? {} : { splits: () => splits(), filter: KEEP_ALL }),
  };
}
