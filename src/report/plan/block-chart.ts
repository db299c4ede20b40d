import { formatNumber } from '../number-format.ts';
import { resample, roundUp } from './resample.ts';

/** What a chart of blocks shows. */
export interface BlockChart {
  /** Values of equal intervals, not empty. */
  readonly values: readonly number[];
  /** Characters for the bars, without the axis. */
  readonly columns: number;
  /** Lines for the bars. */
  readonly rows: number;
  /** Columns at which a new phase begins; a line is drawn there where nothing else is. */
  readonly boundaries: readonly number[];
  /** Sets one cell apart, by its column; it may add colour, which does not count as width. */
  readonly paint: (cell: string, column: number) => string;
}

/** Characters of the axis left of the bars. */
export const AXIS_WIDTH = 7;

const EIGHTHS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A chart for the terminal, top line first: bars in eighths of a line, with the scale at the left. */
export function blockChart({ values, columns, rows, boundaries, paint }: BlockChart): string[] {
  const heights = resample(values, columns);
  const top = roundUp(Math.max(...heights));
  return Array.from({ length: rows }, (_, row) => {
    const below = rows - 1 - row;
    const cells = heights.map((height, column) => {
      const eighths = Math.round((height / top) * rows * 8) - below * 8;
      // Little is not nothing.
      const shown = below === 0 && height > 0 ? Math.max(1, eighths) : eighths;
      const cell = EIGHTHS[Math.min(8, Math.max(0, shown))] ?? ' ';
      return paint(cell === ' ' && boundaries.includes(column) ? '┊' : cell, column);
    });
    const label = row === 0 ? formatNumber(top) : '';
    return `${label.padStart(AXIS_WIDTH - 2)} │${cells.join('')}`.trimEnd();
  });
}
