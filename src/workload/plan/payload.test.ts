import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EffectiveTest } from './effective-test.ts';
import { payloadTables } from './payload.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payload-'));
  writeFileSync(join(folder, 'users.csv'), 'name;role\nann;lead\nbob;analyst\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function tablesOf(payload: unknown): ReturnType<typeof payloadTables> {
  const locate: EffectiveTest['locate'] = (path) => ({ file: 't.yml', line: path.length, column: 1 });
  return payloadTables({ config: { payload }, file: join(folder, 't.yml'), locate });
}

describe('payloadTables', () => {
  test('reads the file beside the test, as its options say', () => {
    const payload = { path: 'users.csv', fields: ['name', 'role'], skipHeader: true, delimiter: ';' };
    expect(tablesOf([payload])).toEqual([
      {
        wholeAs: undefined,
        fields: ['name', 'role'],
        rows: [
          ['ann', 'lead'],
          ['bob', 'analyst'],
        ],
      },
    ]);
    expect(tablesOf(payload)).toHaveLength(1);
  });

  test('gives a whole file a name for loadAll, but not with an order', () => {
    const payload = { path: 'users.csv', fields: [], loadAll: true, name: 'users' };
    expect(tablesOf([payload, { ...payload, order: 'sequence' }]).map(({ wholeAs }) => wholeAs)).toEqual([
      'users',
      undefined,
    ]);
  });

  test('takes rows that Artillery has read already', () => {
    expect(tablesOf([{ path: 'gone.csv', fields: ['a'], data: [[1], [2]] }])[0]?.rows).toEqual([[1], [2]]);
  });

  test('is nothing without a payload', () => {
    expect(tablesOf(undefined)).toEqual([]);
  });

  test('names the line of a file that is missing', () => {
    expect(() => tablesOf([{ path: 'gone.csv' }])).toThrow(
      /^t\.yml:3:1 the CSV file gone\.csv cannot be read \(ENOENT\)$/,
    );
  });
});
