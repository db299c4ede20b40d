import { isEntry } from 'proving-ground/workload/plan/entry.ts';

/**
 * Lets arrival number g read row g of every CSV file with `order: sequence`, and the first one again after the last. Every
 * worker has the whole file, and Artillery's own readers begin at its first row in each of them.
 *
 * @param payload `config.payload` of the runner's script. @param arrivalNumber of the user that is being started.
 */
export function readRowsInTurn(payload: unknown, arrivalNumber: () => number | undefined): void {
  const tables: unknown[] = Array.isArray(payload) ? payload : [];
  for (const table of tables) {
    if (!isEntry(table) || table.order !== 'sequence') continue;
    const artillerys = table.reader as (rows: readonly unknown[]) => unknown;
    const reader = (rows: readonly unknown[]): unknown => {
      const number = arrivalNumber();
      return number === undefined ? artillerys(rows) : rows[number % rows.length];
    };
    Object.assign(table, { reader });
  }
}
