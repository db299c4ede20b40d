import { closeSync, fstatSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSamples } from 'proving-ground/record/samples/index.ts';
import { makeBatch } from 'proving-ground/record/samples/testing/make-batch.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunOutput } from './run-output.ts';
import { readOwnSamples } from './run-samples.ts';

let reports: string;
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'output-'));
});
afterEach(() => rmSync(reports, { recursive: true, force: true }));

function createOutput(): RunOutput {
  return new RunOutput(reports, '2026-01-01T00:00:00.000Z', 'peak.yml');
}

test('makes no folder before the run begins, and keeps samples from before it', () => {
  const output = createOutput();
  output.append(makeBatch([{}]));
  expect(readdirSync(reports)).toEqual([]);
  output.open();
  output.append(makeBatch([{}, {}]));
  const folder = join(reports, '2026-01-01T00-00-00-peak');
  expect(readSamples(join(folder, 'samples.arrow')).count).toBe(3);
  expect(output.folder()).toBe(folder);
});

test('has the samples in one file at the end', () => {
  const output = createOutput();
  output.open();
  for (const lastByte of [3, 1]) output.append(makeBatch([{ lastByte }]));
  const { samples, faults } = readOwnSamples(output);
  expect([samples?.samples.count, faults]).toEqual([2, []]);
  expect(readdirSync(output.folder())).toEqual(['samples.arrow']);
});

test('has no file of samples when the engine gave none', () => {
  const output = createOutput();
  output.open();
  expect(readOwnSamples(output)).toEqual({ samples: undefined, faults: [] });
  expect(readdirSync(output.folder())).toEqual([]);
});

test('lets the run go on without a folder, and says so at its end', () => {
  writeFileSync(join(reports, 'file'), '');
  const output = new RunOutput(join(reports, 'file'), '2026-01-01T00:00:00.000Z', 'peak.yml');
  output.open();
  output.append(makeBatch([{}]));
  expect(readOwnSamples(output).samples).toBeUndefined();
  expect(() => output.folder()).toThrow(expect.objectContaining({ code: 'report-unwritable' }));
});

test('tells of samples that could not be written, and keeps those before', () => {
  const output = createOutput();
  output.open();
  output.append(makeBatch([{}, {}]));
  const path = join(output.folder(), 'samples.arrow');
  closeBehindItsBack(path);
  output.append(makeBatch([{}]));
  const { samples, faults } = readOwnSamples(output);
  expect(faults[0]).toBe('samples could not be written any more: EBADF');
  expect(samples).toBeUndefined();
  expect(readSamples(path).count).toBe(2);
});

/** Whatever writes to the file from here on fails, as on a disk that was taken away. */
function closeBehindItsBack(path: string): void {
  const { ino, dev } = statSync(path);
  const descriptors = Array.from({ length: 1_024 }, (_, descriptor) => descriptor);
  const found = descriptors.find((descriptor) => {
    try {
      const stats = fstatSync(descriptor);
      return stats.ino === ino && stats.dev === dev;
    } catch {
      return false;
    }
  });
  closeSync(found ?? -1);
}
