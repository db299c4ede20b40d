/** One column of a table in a terminal. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Below this, a name says nothing any more; the table then grows past the width. */
const MIN_FIRST_COLUMN = 12;

/**
 * A table of plain text, two spaces between columns. The first column gives way when the table is wider than `width`
 * characters: its texts are cut in the middle, since both ends of a metric's name say most.
 *
 * @param decorate is applied to each finished line; it may add colour, which must not count as width.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  decorate: (line: string, row: number) => string = (line) => line,
): string[] {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const total = widths.reduce((sum, each) => sum + each + 2, -2);
  if (total > width) widths[0] = Math.max(MIN_FIRST_COLUMN, (widths[0] ?? 0) - (total - width));
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => pad(cells[index] ?? '', widths[index] ?? 0, column.align))
      .join('  ')
      .trimEnd();
  const titles = line(columns.map((column) => column.title));
  return [titles, ...rows.map((row, index) => decorate(line(row), index))];
}

function pad(text: string, width: number, align: Column['align']): string {
  const fitted = cutMiddle(text, width);
  return align === 'left' ? fitted.padEnd(width) : fitted.padStart(width);
}

function cutMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
