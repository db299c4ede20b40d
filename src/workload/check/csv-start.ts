import { closeSync, openSync, readSync } from 'node:fs';
import { parseCsv } from '../plan/csv.ts';

/** Enough for the header and some rows; files of test data may have gigabytes. */
const START_BYTES = 65_536;

/**
 * The first rows of a CSV file, the header among them, without empty lines.
 *
 * @returns undefined if the file cannot be read.
 */
export function readCsvStart(path: string, delimiter: string): readonly (readonly string[])[] | undefined {
  const text = readStart(path);
  if (text === undefined) return undefined;
  const rows = parseCsv(text, { delimiter });
  // The last row of a longer file is cut off.
  return Buffer.byteLength(text) < START_BYTES ? rows : rows.slice(0, -1);
}

function readStart(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const buffer = Buffer.alloc(START_BYTES);
    return buffer.toString('utf8', 0, readSync(file, buffer));
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}
