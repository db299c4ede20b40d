import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outputRedactor } from '../../record/index.ts';
import { exampleRecord } from '../testing/example-record.ts';
import { recordNamed } from '../testing/hostile-names.ts';
import { writeMachineOutputs } from './write-outputs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outputs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writes both files, and nothing else', () => {
  writeMachineOutputs(exampleRecord(), { folder, stepSummary: '' });
  expect(readdirSync(folder).toSorted()).toEqual(['junit.xml', 'summary.md']);
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toMatch(/^### ❌ peak\.yml: failed$/m);
  expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toMatch(/^<\?xml /);
});

test('adds the summary to that of the job once, below what earlier steps said', () => {
  const stepSummary = join(folder, 'step');
  writeFileSync(stepSummary, 'earlier\n');
  writeMachineOutputs(exampleRecord(), { folder, stepSummary });
  const job = readFileSync(stepSummary, 'utf8');
  expect(job).toBe(`earlier\n${readFileSync(join(folder, 'summary.md'), 'utf8')}\n`);
});

test('a summary of the job that cannot be written is a fault that says so, and the files are there', () => {
  expect(() => writeMachineOutputs(exampleRecord(), { folder, stepSummary: join(folder, 'no', 'step') })).toThrow(
    /step cannot be written: ENOENT/,
  );
  expect(readdirSync(folder).toSorted()).toEqual(['junit.xml', 'summary.md']);
});

test('shows no secret, also not one that escaping would change', () => {
  outputRedactor.learn(['s3cr3t_<with>|marks']);
  const { verdict } = recordNamed(['GET /?q=s3cr3t_<with>|marks']);
  writeMachineOutputs(exampleRecord({ verdict }), { folder });
  for (const file of ['junit.xml', 'summary.md']) {
    expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/s3cr3t.*with/);
  }
});
