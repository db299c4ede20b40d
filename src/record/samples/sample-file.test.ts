import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import pl from 'nodejs-polars';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { compactSamples, createSampleWriter, NONE, readSamples, SampleBuffer } from './index.ts';
import { addSample, makeBatch } from './testing/make-batch.ts';

const folder = mkdtempSync(join(tmpdir(), 'samples-'));
const path = join(folder, 'samples.arrow');
beforeEach(() => rmSync(path, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const T0 = Date.parse('2026-01-01T00:00:00Z');

/** Two workers that learn new names as they go. */
function writeRun(): void {
  const writer = createSampleWriter(path);
  const [one, two] = [new SampleBuffer(1), new SampleBuffer(2)];
  addSample(one, { due: T0 + 2.5, endpoint: 'Search', phase: 'Burst', lastByte: 1_500 });
  addSample(two, { due: T0 + 1.25, endpoint: 'Sign in', status: 0, error: 'ETIMEDOUT', firstByte: NONE, lastByte: 9 });
  for (const buffer of [one, two]) writer.append(buffer.take() ?? makeBatch([]));
  addSample(one, { due: T0 + 3, endpoint: 'Sign in', connect: 120, reused: 0 });
  addSample(two, { due: T0 + 4, endpoint: 'Alerts', phase: 'After', status: 503 });
  for (const buffer of [one, two]) writer.append(buffer.take() ?? makeBatch([]));
  writer.end();
}

const WRITTEN = [
  {
    due: T0 + 2.5,
    endpoint: 'Search',
    phase: 'Burst',
    status: 200,
    error: null,
    connect: null,
    last_byte: 1_500,
    reused: true,
    worker: 1,
  },
  {
    due: T0 + 1.25,
    endpoint: 'Sign in',
    phase: null,
    status: null,
    error: 'ETIMEDOUT',
    connect: null,
    last_byte: 9,
    reused: true,
    worker: 2,
  },
  {
    due: T0 + 3,
    endpoint: 'Sign in',
    phase: null,
    status: 200,
    error: null,
    connect: 120,
    last_byte: 1_000,
    reused: false,
    worker: 1,
  },
  {
    due: T0 + 4,
    endpoint: 'Alerts',
    phase: 'After',
    status: 503,
    error: null,
    connect: null,
    last_byte: 1_000,
    reused: true,
    worker: 2,
  },
];
const NAMES = Object.keys(WRITTEN[0] ?? {});

describe('other readers', () => {
  test.each(['as it grew', 'compacted'])('apache-arrow reads the file %s', (form) => {
    writeRun();
    if (form === 'compacted') compactSamples(path, 4);
    const rows = tableFromIPC(readFileSync(path))
      .toArray()
      .map((row: Record<string, unknown>) => Object.fromEntries(NAMES.map((name) => [name, row[name]])));
    expect(byDue(rows)).toEqual(byDue(WRITTEN));
  });

  test.each(['as it grew', 'compacted'])('Polars reads the file %s, with the same values', (form) => {
    writeRun();
    if (form === 'compacted') compactSamples(path, 4);
    const frame = pl
      .readIPCStream(readFileSync(path))
      .select(
        pl.col('due').cast(pl.Int64).alias('due'),
        ...['endpoint', 'phase', 'error'].map((name) => pl.col(name).cast(pl.Utf8)),
        ...NAMES.filter((name) => !['due', 'endpoint', 'phase', 'error'].includes(name)).map((name) => pl.col(name)),
      );
    const rows = frame.toRecords().map((row) => ({ ...row, due: Number(row.due) / 1000 }));
    expect(byDue(rows)).toEqual(byDue(WRITTEN));
  });
});

function byDue(rows: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return rows.toSorted((a, b) => Number(a.due) - Number(b.due));
}

describe('createSampleWriter', () => {
  test('makes no file when nothing was measured', () => {
    const writer = createSampleWriter(path);
    writer.end();
    expect([existsSync(path), writer.count()]).toEqual([false, 0]);
  });

  test('has every batch in the file as soon as it was appended', () => {
    const writer = createSampleWriter(path);
    writer.append(makeBatch([{}, {}]));
    expect(readSamples(path).count).toBe(2);
    writer.append(makeBatch([{}]));
    expect([readSamples(path).count, writer.count()]).toEqual([3, 3]);
    writer.end();
  });
});

describe('compactSamples', () => {
  test('leaves the file as it was when it cannot be read to its end', () => {
    const writer = createSampleWriter(path);
    writer.append(makeBatch(Array.from({ length: 200 }, () => ({}))));
    writer.end();
    const bytes = readFileSync(path);
    bytes.fill(0, bytes.indexOf(ZSTD_MAGIC), bytes.indexOf(ZSTD_MAGIC) + ZSTD_MAGIC.length);
    writeFileSync(path, bytes);
    expect(compactSamples(path, 200)).toBe(false);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  test('leaves the file as it was when samples would be missing', () => {
    writeRun();
    const bytes = readFileSync(path);
    expect(compactSamples(path, 5)).toBe(false);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  test('takes less than 40 bytes a request where single seconds take more', () => {
    const writer = createSampleWriter(path);
    for (let second = 0; second < 60; second += 1) {
      const samples = Array.from({ length: 10 }, (_, index) => ({
        due: T0 + second * 1000 + index * 97.131,
        lastByte: 1_000 + ((second * 7_919 + index * 104_729) % 50_000),
      }));
      writer.append(makeBatch(samples));
    }
    writer.end();
    const before = readFileSync(path).length / 600;
    compactSamples(path, 600);
    expect(before).toBeGreaterThan(40);
    expect(readFileSync(path).length / 600).toBeLessThan(40);
  });
});

describe('readSamples', () => {
  test('says what to do about a file that is not there, or is something else', () => {
    expect(() => readSamples(join(folder, 'nothing'))).toThrow(expect.objectContaining({ code: 'run-unreadable' }));
    writeFileSync(path, '{"schema": "proving-ground/run", "version": 1, "and": "so on"}');
    expect(() => readSamples(path)).toThrow(expect.objectContaining({ code: 'run-shape' }));
  });

  test('reads an empty file as no samples', () => {
    writeFileSync(path, '');
    expect(readSamples(path).count).toBe(0);
  });
});
