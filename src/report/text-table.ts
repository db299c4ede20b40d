import { plainText } from './plain-text.ts';
import { cutMiddle, padTo, widthOf } from './text-width.ts';

/** One column of a table in a terminal. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Below this, a name says nothing any more; the table then grows past the width. */
const MIN_FIRST_COLUMN = 12;

/**
 * A table of plain text, two spaces between columns. The first column gives way when the table is wider than `width`
 * columns: its texts are cut in the middle, since both ends of a metric's name say most. Escape sequences and breaks of lines in
 * texts are left out.
 *
 * @param decorate is applied to each finished line; it may add colour, which must not count as width.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  decorate: (line: string, row: number) => string = (line) => line,
): string[] {
  const shown = rows.map((row) => row.map(tableText));
  const widths = columns.map((column, index) =>
    shown.reduce((widest, row) => Math.max(widest, widthOf(row[index] ?? '')), column.title.length),
  );
  const total = widths.reduce((sum, each) => sum + each + 2, -2);
  if (total > width) widths[0] = Math.max(MIN_FIRST_COLUMN, (widths[0] ?? 0) - (total - width));
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => pad(cells[index] ?? '', widths[index] ?? 0, column.align))
      .join('  ')
      .trimEnd();
  const titles = line(columns.map((column) => column.title));
  return [titles, ...shown.map((row, index) => decorate(line(row), index))];
}

/** Spaces at the front are the table's own: they indent. */
function tableText(text: string): string {
  const indent = /^ */.exec(text)?.[0] ?? '';
  return `${indent}${plainText(text)}`;
}

function pad(text: string, width: number, align: Column['align']): string {
  return padTo(cutMiddle(text, width), width, align);
}
