import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outputRedactor } from '../redact.ts';
import { readSystemRecord, SYSTEM_FILE, systemRecordIfReadable, writeSystemRecord } from './system-file.ts';
import type { SystemRecord } from './system-record.ts';

const RECORD: SystemRecord = {
  ...{ schema: 'proving-ground/system', version: 1, startedAt: '2026-03-04T09:30:00.000Z', stepSeconds: 1 },
  sources: [{ system: 'API', kind: 'prometheus', where: 'http://127.0.0.1:1/metrics', looks: 2, missed: 0, lookMs: 3 }],
  texts: { '42': 'SELECT 1' },
  series: [
    {
      ...{ system: 'API', kind: 'prometheus', metric: 'm', labels: { a: 'b' }, figure: 'rate', unit: '1/s' },
      ...{ resource: 'pool', aspect: 'saturation', values: [1, null, 2.5] },
    },
    { system: 'API', kind: 'prometheus', metric: 'n', labels: {}, figure: 'value', unit: '', values: [] },
  ],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'system-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was written is read again, and fits the published schema', () => {
  writeSystemRecord(folder, RECORD);
  expect(readSystemRecord(folder)).toEqual(RECORD);
  const fits = new Ajv2020().compile(JSON.parse(readFileSync('schema/system.schema.json', 'utf8')) as object);
  expect([fits(JSON.parse(readFileSync(join(folder, SYSTEM_FILE), 'utf8'))), fits.errors]).toEqual([true, null]);
});

test('a record without series is whole as well', () => {
  writeSystemRecord(folder, { ...RECORD, series: [] });
  expect(readSystemRecord(folder)?.series).toEqual([]);
});

test('secrets do not reach the file', () => {
  outputRedactor.learn(['s3cr3t-of-statement']);
  writeSystemRecord(folder, { ...RECORD, texts: { '42': "SELECT 's3cr3t-of-statement'" } });
  expect(readFileSync(join(folder, SYSTEM_FILE), 'utf8')).not.toContain('s3cr3t');
});

test('where nothing was watched there is nothing', () => {
  expect(readSystemRecord(folder)).toBeUndefined();
});

test.each(['{', JSON.stringify({ ...RECORD, version: 99 })])(
  'a file that cannot be read (%j) is refused, or left out where it stands beside the run',
  (text) => {
    writeFileSync(join(folder, SYSTEM_FILE), text);
    expect(() => readSystemRecord(folder)).toThrow(/system\.json is not what a run of this version saw of the system/);
    expect(systemRecordIfReadable(folder)).toBeUndefined();
  },
);
