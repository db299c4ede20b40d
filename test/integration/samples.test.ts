import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSamples } from '../../src/record/samples/index.ts';
import { SAMPLES_PER_BATCH } from './samples/writer.ts';

const QUIET = ['ExperimentalWarning', 'MODULE_TYPELESS_PACKAGE_JSON'].map((name) => `--disable-warning=${name}`);
const WRITER = fileURLToPath(new URL('samples/writer.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'samples-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([1, 2, 3])('a writer that is killed leaves every batch that it had written (%d)', async () => {
  const path = join(folder, 'samples.arrow');
  const child = spawn(process.execPath, [...QUIET, WRITER, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.split('\n').length > 60) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const written = Number(said.trimEnd().split('\n').at(-1));

  const samples = readSamples(path);
  expect(written).toBeGreaterThanOrEqual(60);
  expect(samples.count).toBeGreaterThanOrEqual(written * SAMPLES_PER_BATCH);
  expect(samples.count % SAMPLES_PER_BATCH).toBe(0);
  // Every one is whole: its number, its time and its name belong together.
  const wrong = samples.lastByte.filter(
    (number, row) => samples.names.endpoint[samples.endpoint[row] ?? -1] !== `Endpoint ${number % 50}`,
  );
  expect(wrong).toHaveLength(0);
});
