import { setTimeout as sleep } from 'node:timers/promises';
import type { TestDatabase } from './test-database.ts';

const PATIENCE_MS = 10_000;

/** Asks again every 10 ms until a query has rows, or none. @throws after 10 s, with the rows there were last. */
export async function untilRows(database: TestDatabase, text: string, are: 'some' | 'none'): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await database.sql.query(text);
    if (rows.length > 0 === (are === 'some')) return;
    if (performance.now() > deadline) throw new Error(`after 10 s there are ${rows.length} rows: ${text}`);
    await sleep(10);
  }
}
