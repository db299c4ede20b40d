import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemErrorCode, UserFault } from '../../errors.ts';
import { parseCsv } from './csv.ts';
import type { EffectiveTest } from './effective-test.ts';
import { type Entry, isEntry } from './entry.ts';

/** The data of one entry of `config.payload`. */
export interface PayloadTable {
  /** The variable that holds the whole table, for `loadAll`; undefined: every user gets one row. */
  readonly wholeAs: string | undefined;
  readonly fields: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * The CSV files of a test. Rows that Artillery has read already (`data`) are taken as they are.
 *
 * @throws UserFault `payload-unreadable`.
 */
export function payloadTables(test: Pick<EffectiveTest, 'config' | 'file' | 'locate'>): PayloadTable[] {
  const { payload } = test.config;
  const entries = Array.isArray(payload) ? payload.map((entry, index) => ({ entry, at: ['payload', index] })) : [];
  if (isEntry(payload)) entries.push({ entry: payload, at: ['payload'] });
  return entries.flatMap(({ entry, at }) => {
    if (!isEntry(entry)) return [];
    const rows = Array.isArray(entry.data) ? entry.data.filter(Array.isArray) : readRows(entry, at, test);
    return [{ wholeAs: wholeAs(entry), fields: textsOf(entry.fields), rows }];
  });
}

/** With an `order`, Artillery hands out single rows even under `loadAll`. */
function wholeAs({ loadAll, name, order }: Entry): string | undefined {
  return loadAll === true && order === undefined && typeof name === 'string' ? name : undefined;
}

function readRows(
  entry: Entry,
  at: readonly (string | number)[],
  { file, locate }: Pick<EffectiveTest, 'file' | 'locate'>,
): string[][] {
  if (typeof entry.path !== 'string') return [];
  try {
    return parseCsv(readFileSync(resolve(dirname(file), entry.path), 'utf8'), {
      skipHeader: entry.skipHeader === true,
      skipEmptyLines: entry.skipEmptyLines !== false,
      ...(typeof entry.delimiter === 'string' && entry.delimiter !== '' ? { delimiter: entry.delimiter } : {}),
    });
  } catch (cause) {
    const reason = systemErrorCode(cause) ?? 'unknown error';
    throw new UserFault('payload-unreadable', `the CSV file ${entry.path} cannot be read (${reason})`, {
      position: locate([...at, 'path']),
      hint: 'The path is relative to the test file.',
      cause,
    });
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
