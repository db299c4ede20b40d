import type { TableSignal } from './signals/database-signals.ts';
import { totalOf } from './timeline.ts';

/** Reads of a table from one end to the other. */
export interface TableScans {
  /** Rows of the table: as its statistics tell, at least as many as a scan read. */
  readonly rows: number;
  /** Rows by scan as PostgreSQL counts them: a part of the table where several processes share one, or where it may end early. */
  readonly rowsPerCounted: number;
  /** How many there were, if statements that ran so often made them. */
  scansBy(calls: number): number;
  /** Rows that a statement went through each time, if it ran so often. */
  rowsReadBy(calls: number): number;
}

/**
 * A scan that three processes share is counted three times, and its rows once: rows that were read by rows that there are is then the number of
 * scans. Where scans may end early (`LIMIT`, `EXISTS`) their rows are fewer as well, and the count is right. So whichever of both is
 * nearer to the number of calls, by its factor, is taken; where nobody tells how many rows there are, they are the same.
 *
 * @returns undefined: nothing was read.
 */
export function scansOf(table: TableSignal): TableScans | undefined {
  const [counted, read] = [totalOf(table.scans), totalOf(table.scannedRows)];
  if (counted === 0 || read === 0) return undefined;
  const rowsPerCounted = read / counted;
  const rows = Math.max(table.rows, rowsPerCounted);
  const whole = read / rows;
  return {
    rows,
    rowsPerCounted,
    scansBy: (calls) => (calls ** 2 <= counted * whole ? whole : counted),
    rowsReadBy: (calls) => Math.max(rowsPerCounted, Math.min(rows, read / calls)),
  };
}
