import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compactSamples, createSampleWriter, NONE, readSamples, type Samples } from './index.ts';
import { SampleBuffer } from './sample-buffer.ts';
import { addSample, type SampleFields } from './testing/make-batch.ts';

const folder = mkdtempSync(join(tmpdir(), 'samples-'));
const path = join(folder, 'samples.arrow');
afterAll(() => rmSync(folder, { recursive: true }));

const T0 = Date.parse('2026-01-01T00:00:00Z');
const time = fc.oneof(fc.nat({ max: 5_000_000 }), fc.nat({ max: NONE - 1 }));
const timeOrNone = fc.oneof(time, fc.constant(NONE));
const name = fc.constantFrom('Search', 'Sign in', 'GET /documents/{{ id }}', 'Größe 🙂', '', 'constructor');

const sample: fc.Arbitrary<Required<Omit<SampleFields, 'error' | 'phase'>> & SampleFields> = fc.record({
  due: fc.integer({ min: 0, max: 4e9 }).map((micros) => (T0 * 1000 + micros) / 1000),
  queued: timeOrNone,
  connect: timeOrNone,
  tls: timeOrNone,
  sent: timeOrNone,
  firstByte: timeOrNone,
  lastByte: time,
  status: fc.constantFrom(0, 200, 404, 503),
  bytesUp: time,
  bytesDown: time,
  reused: fc.constantFrom<0 | 1>(0, 1),
  journey: name,
  endpoint: name,
});
const named = fc
  .tuple(sample, fc.option(name, { nil: undefined }), fc.option(name, { nil: undefined }))
  .map(([fields, error, phase]) => ({
    ...fields,
    ...(error === undefined ? {} : { error }),
    ...(phase === undefined ? {} : { phase }),
  }));
type Sample = typeof named extends fc.Arbitrary<infer T> ? T : never;

/** Seconds of a run: for each of two workers what it measured, perhaps nothing. */
const seconds = fc.array(fc.tuple(fc.array(named, { maxLength: 20 }), fc.array(named, { maxLength: 20 })), {
  minLength: 1,
  maxLength: 8,
});

interface Row extends Sample {
  readonly worker: number;
}

/** Writes the seconds. @returns the samples of each batch, and the length of the file after it. */
function write(run: readonly (readonly Sample[])[][]): { rows: Row[]; length: number }[] {
  rmSync(path, { force: true });
  const buffers = [new SampleBuffer(1), new SampleBuffer(2)];
  const writer = createSampleWriter(path);
  const batches: { rows: Row[]; length: number }[] = [];
  for (const second of run) {
    for (const [index, buffer] of buffers.entries()) {
      const rows = (second[index] ?? []).map((fields) => ({ ...fields, worker: index + 1 }));
      for (const row of rows) addSample(buffer, row);
      const batch = buffer.take();
      if (batch === undefined) continue;
      writer.append(batch);
      batches.push({ rows, length: statSync(path).size });
    }
  }
  writer.end();
  return batches;
}

function rowsOf(samples: Samples): Row[] {
  const { names } = samples;
  return Array.from({ length: samples.count }, (_, at) => {
    const optional = { error: names.error[samples.error[at] ?? -1], phase: names.phase[samples.phase[at] ?? -1] };
    return {
      due: samples.due[at] ?? 0,
      queued: samples.queued[at] ?? 0,
      connect: samples.connect[at] ?? 0,
      tls: samples.tls[at] ?? 0,
      sent: samples.sent[at] ?? 0,
      firstByte: samples.firstByte[at] ?? 0,
      lastByte: samples.lastByte[at] ?? 0,
      status: samples.status[at] ?? 0,
      bytesUp: samples.bytesUp[at] ?? 0,
      bytesDown: samples.bytesDown[at] ?? 0,
      reused: samples.reused[at] === 1 ? 1 : 0,
      journey: names.journey[samples.journey[at] ?? -1] ?? 'none',
      endpoint: names.endpoint[samples.endpoint[at] ?? -1] ?? 'none',
      worker: samples.worker[at] ?? 0,
      ...(optional.error === undefined ? {} : { error: optional.error }),
      ...(optional.phase === undefined ? {} : { phase: optional.phase }),
    };
  });
}

function inOrder(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.due - b.due);
}

describe('a file of samples', () => {
  test('gives back what was written, in the order of due', () => {
    fc.assert(
      fc.property(seconds, (run) => {
        const batches = write(run);
        fc.pre(batches.length > 0);
        expect(rowsOf(readSamples(path))).toEqual(inOrder(batches.flatMap(({ rows }) => rows)));
      }),
      { numRuns: 30 },
    );
  });

  test('says the same after it was compacted', () => {
    fc.assert(
      fc.property(seconds, (run) => {
        const batches = write(run);
        fc.pre(batches.length > 0);
        const sorted = (rows: Row[]): string[] =>
          rows.map((row) => JSON.stringify(row, Object.keys(row).toSorted())).toSorted();
        const before = sorted(rowsOf(readSamples(path)));
        expect(compactSamples(path, before.length)).toBe(true);
        expect(sorted(rowsOf(readSamples(path)))).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  test('cut anywhere gives back the batches that are whole', () => {
    const [run] = fc.sample(
      seconds.filter((each) => each.flat(2).length > 40),
      { numRuns: 1, seed: 7 },
    );
    const batches = write(run ?? []);
    const bytes = readFileSync(path);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length }), (length) => {
        writeFileSync(path, bytes.subarray(0, length));
        const whole = batches.filter((batch) => batch.length <= length).flatMap(({ rows }) => rows);
        expect(rowsOf(readSamples(path))).toEqual(inOrder(whole));
      }),
      { numRuns: 150 },
    );
    writeFileSync(path, bytes);
  });

  test('gives only the columns that were asked for', () => {
    write([[[{ due: T0, lastByte: 7 } as Sample], []]]);
    const samples = readSamples(path, ['lastByte']);
    expect(Object.keys(samples).toSorted()).toEqual(['count', 'due', 'lastByte', 'names']);
    expect([...samples.lastByte]).toEqual([7]);
  });
});
