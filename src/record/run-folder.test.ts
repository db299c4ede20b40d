import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserFault } from '../errors.ts';
import { sketchOf, summarise } from '../stats/index.ts';
import { buildRunRecord, metricsOfSpan } from './build-record.ts';
import { createRecorder } from './recorder.ts';
import { createRunFolder, readRun, runFolderName, writeRun } from './run-folder.ts';
import type { RunRecord } from './run-record.ts';

let reports: string;
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(() => {
  chmodSync(reports, 0o755);
  rmSync(reports, { recursive: true });
});

const START = new Date('2026-03-04T05:06:07Z');

function exampleRecord(): RunRecord {
  const recorder = createRecorder(() => START.getTime());
  recorder.phaseStarted({ index: 0, name: 'Only', duration: 1 });
  const startedAt = START.getTime();
  const histograms = { h: sketchOf([1, 2, 3]) };
  recorder.addSlice({
    startedAt,
    firstAt: startedAt,
    lastAt: startedAt,
    counters: { c: 2 },
    events: { r: 1 },
    histograms,
  });
  const verdict = { outcome: 'passed', reason: '', exitCode: 0, faults: [], rules: [] } as const;
  return buildRunRecord(
    {
      test: { name: 'peak.yml', file: 'artillery/peak.yml' },
      startedAt: START.toISOString(),
      endedAt: START.toISOString(),
      ending: { how: 'completed', faults: [], suggestedExitCode: 0 },
      replay: '',
      seed: '1',
      environment: { artillery: '2', node: 'v24', platform: 'linux', cpus: 2, cpuModel: '', memoryBytes: 1 },
      configuration: {},
      verdict: { ...verdict, faults: [], rules: [] },
    },
    recorder.recording(),
    { extra: { apdex: 0.9 }, plannedUsers: () => 7 },
  );
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof UserFault) return thrown.code;
    throw thrown;
  }
  return 'none';
}

describe('a run on disk', () => {
  test('is read back as it was written, histograms included', () => {
    const folder = createRunFolder(reports, START, 'artillery/peak.yml');
    const record = exampleRecord();
    writeRun(folder, record, 'csv');
    expect(readRun(folder)).toEqual(record);
    expect(readRun(join(folder, 'run.json'))).toEqual(record);
    expect(summarise(metricsOfSpan(readRun(folder).metrics).histograms.h ?? sketchOf([]))).toMatchObject({
      count: 3,
      max: 3,
    });
    expect(readFileSync(join(folder, 'metrics.csv'), 'utf8')).toBe('csv');
  });

  test('of version 1 is read as a run without samples', () => {
    const old = { ...exampleRecord(), version: 1 };
    writeFileSync(join(reports, 'run.json'), JSON.stringify(old));
    expect(readRun(reports)).toEqual(old);
    expect(readRun(reports).samples).toBeUndefined();
  });

  test('is the one that latest points to', () => {
    for (const name of ['a.yml', 'b.yml']) writeRun(createRunFolder(reports, START, name), exampleRecord(), '');
    expect(readlinkSync(join(reports, 'latest'))).toBe('2026-03-04T05-06-07-b');
    expect(readRun(join(reports, 'latest')).seed).toBe('1');
  });

  test('gets a folder of its own when two start in one second', () => {
    expect(createRunFolder(reports, START, 'a.yml')).not.toBe(createRunFolder(reports, START, 'a.yml'));
  });

  test('has a name that sorts by time and holds no odd character', () => {
    expect(runFolderName(START, '/x/My test (1).yml')).toBe('2026-03-04T05-06-07-My-test-1-');
  });
});

describe('a fault', () => {
  test('is named when there is no run, or something else', () => {
    expect(codeOf(() => readRun(join(reports, 'none')))).toBe('run-unreadable');
    writeFileSync(join(reports, 'run.json'), '{"schema": "proving-ground/run", "version": 99}');
    expect(codeOf(() => readRun(reports))).toBe('run-shape');
    writeFileSync(join(reports, 'run.json'), '{');
    expect(codeOf(() => readRun(reports))).toBe('run-shape');
  });

  test('is named when the folder cannot be made', () => {
    writeFileSync(join(reports, 'file'), '');
    expect(codeOf(() => createRunFolder(join(reports, 'file'), START, 'a.yml'))).toBe('report-unwritable');
    mkdirSync(join(reports, 'gone'));
    rmSync(join(reports, 'gone'), { recursive: true });
    expect(codeOf(() => writeRun(join(reports, 'gone'), exampleRecord(), ''))).toBe('report-unwritable');
  });
});
