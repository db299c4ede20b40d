import type { VUContext } from './artillery-types.ts';

type Row = Readonly<Record<string, unknown>>;

/** Reads one row; undefined when it cannot be used. */
type ParseRow<T> = (row: Row) => T | undefined;

/**
 * Prepares reading a file of `config.payload` that is loaded as a whole (`loadAll: true` and a `name`). Rows are parsed
 * once per worker, not once per user.
 *
 * @param name the `name` of the file in the YAML.
 * @param parseRow undefined refuses the row, and with it the file.
 * @param prepare makes what users need from all rows; called once.
 * @returns a function that throws an Error naming the file and what to do. Thrown from a hook, Artillery counts it as
 *   `errors.<message>` and ends the user.
 */
export function createCsvReader<T, Prepared>(
  name: string,
  parseRow: ParseRow<T>,
  prepare: (rows: readonly T[]) => Prepared,
): (context: VUContext) => Prepared {
  const known = new WeakMap<object, Prepared>();
  return (context) => {
    const rows: unknown = context.vars[name];
    if (!Array.isArray(rows) || rows.length === 0) {
      throw new Error(`config.payload has no file with name: ${name} and loadAll: true, or the file is empty`);
    }
    const prepared = known.get(rows) ?? prepare(rows.map((row: unknown, index) => readRow(name, parseRow, row, index)));
    known.set(rows, prepared);
    return prepared;
  };
}

function readRow<T>(name: string, parseRow: ParseRow<T>, row: unknown, index: number): T {
  const parsed = typeof row === 'object' && row !== null ? parseRow(row as Row) : undefined;
  if (parsed === undefined) throw new Error(`row ${index + 1} of ${name} in config.payload does not have its columns`);
  return parsed;
}

/** The text of a column; undefined when it is missing or empty. */
export function textOf(row: Row, column: string): string | undefined {
  const value = row[column];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The number of a column, which is text as long as the file says `cast: false`; undefined when it is none. */
export function numberOf(row: Row, column: string): number | undefined {
  const text = row[column];
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : text;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
