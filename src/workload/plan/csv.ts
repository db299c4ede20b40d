/** How Artillery was told to read a CSV file. */
export interface CsvOptions {
  /** One character (','). */
  readonly delimiter?: string;
  readonly skipHeader?: boolean;
  /** true when absent. */
  readonly skipEmptyLines?: boolean;
}

/**
 * The rows of a CSV file (RFC 4180: quotes around fields, doubled inside them, line breaks allowed between them). All
 * fields stay texts.
 *
 * @example parseCsv('a,b\n1,"x,y"\n', { skipHeader: true }) // [['1', 'x,y']]
 */
export function parseCsv(text: string, options: CsvOptions = {}): string[][] {
  const delimiter = options.delimiter ?? ',';
  const field = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^${escaped(delimiter)}\\r\\n]*))(${escaped(delimiter)}|\\r?\\n|$)`,
    'y',
  );
  const rows: string[][] = [];
  let row: string[] = [];
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  while (field.lastIndex < content.length) {
    const match = field.exec(content);
    // A carriage return on its own: the rest cannot be read as CSV, and Artillery will say so itself.
    if (match === null) break;
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== delimiter) {
      rows.push(row);
      row = [];
    }
  }
  if (row.length > 0) rows.push(row);
  const kept = options.skipHeader === true ? rows.slice(1) : rows;
  return options.skipEmptyLines === false ? kept : kept.filter((fields) => fields.length > 1 || fields[0] !== '');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
