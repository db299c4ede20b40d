import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunFolder, writeRun } from '../../../src/record/index.ts';
import { COLUMN_NAMES, createColumns } from '../../../src/record/samples/sample-columns.ts';
import { createSampleFile } from '../../../src/record/samples/sample-file.ts';
import { passedRun, workingDay } from '../../../src/report/html/testing/example-runs.ts';
import { type ApiCall, installProgram, runStep, startGithub } from './run-step.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nightly-'));
  // The command is the real one: what the script calls has to exist.
  const main = JSON.stringify(resolve('src/cli/main.ts'));
  const call = `require('child_process').spawnSync(${JSON.stringify(process.execPath)},[${main},...process.argv.slice(2)],{stdio:'inherit'})`;
  installProgram(folder, 'proving-ground', `process.exitCode=${call}.status`);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A load test that leaves one prepared run after the other, and ends as it is told to. */
function installArtillery(runs: number, exitCode = 0): void {
  for (let run = 0; run < runs; run += 1) prepareRun(run);
  const body = `const fs=require('fs');const [next]=fs.readdirSync('prepared').sort();
fs.mkdirSync('reports',{recursive:true});fs.renameSync('prepared/'+next,'reports/'+next);
fs.writeFileSync('reports/'+next+'/summary.md','summary of '+process.argv.slice(2).join(' '));
fs.rmSync('reports/latest',{force:true});fs.symlinkSync(next,'reports/latest');process.exitCode=${exitCode};`;
  installProgram(folder, 'artillery', body);
}

function prepareRun(number: number): void {
  const load = { phases: workingDay(0.5, 40), startMs: Date.UTC(2026, 3, 1 + number), seed: `night ${number}` };
  const { record, samples } = passedRun({ ...load, thresholds: [] });
  const path = createRunFolder(join(folder, 'prepared'), new Date(record.startedAt), record.test.file);
  writeRun(path, { ...record, validity: { outcome: 'valid', enforced: true, figures: {}, findings: [] } }, '');
  rmSync(join(folder, 'prepared/latest'));
  const file = createSampleFile(join(path, 'samples.arrow'));
  file.append({ ...createColumns(COLUMN_NAMES, samples.count), ...samples });
  file.end();
}

const nightly = (runs: string) =>
  runStep(folder, 'nightly.ts', { NIGHTLY_TEST: 'artillery/peak.yml', NIGHTLY_RUNS: runs });

test('without a baseline it says how to get one, and is green', async () => {
  installArtillery(1);
  const { code, text, summary } = await nightly('1');
  expect(code).toBe(0);
  expect(text).toContain('::warning title=No baseline::There is no reports/baselines/peak.json.');
  expect(summary).toContain('summary of run artillery/peak.yml\n');
});

test('several runs make a proposal, and the next night is put beside it', async () => {
  installArtillery(4);
  expect((await nightly('3')).code).toBe(0);
  const proposal = readFileSync(join(folder, 'reports/nightly-baseline.json'), 'utf8');
  expect(JSON.parse(proposal)).toMatchObject({ schema: 'proving-ground/baseline', test: { name: 'peak.yml' } });
  expect(JSON.parse(proposal).runs).toHaveLength(3);
  mkdirSync(join(folder, 'reports/baselines'));
  writeFileSync(join(folder, 'reports/baselines/peak.json'), proposal);
  const { code, text, summary } = await nightly('1');
  expect({ code, text }).toEqual({ code: 0, text: expect.not.stringContaining('::warning') });
  expect(summary).toMatch(/\n\| <code>Search<\/code> \| p50 \|/);
  expect(summary).toContain('Advisory: ');
});

test('a night that fails ends with its exit code and proposes nothing', async () => {
  installArtillery(1, 4);
  const { code, summary } = await nightly('3');
  expect(code).toBe(4);
  expect(summary).toContain('summary of run');
});

test.each(['0', '21', 'x', '1.5'])('%s runs are refused', async (runs) => {
  const { code, text } = await nightly(runs);
  expect(code).toBe(2);
  expect(text).toContain('allowed are 1 to 20');
});

const BASELINE = { schema: 'proving-ground/baseline', version: 1, test: { name: 'peak.yml' } };

async function propose(content: unknown, old: readonly unknown[] | undefined, test = 'peak') {
  writeFileSync(join(folder, 'proposed.json'), JSON.stringify(content));
  const answers: Readonly<Record<string, (call: ApiCall) => unknown>> = {
    'GET /repos/o/r/git/ref/heads/main': () => ({ object: { sha: 'abc' } }),
    'GET /repos/o/r/contents/reports/baselines': () => old,
    'POST /repos/o/r/git/refs': () => ({}),
    'PUT /repos/o/r/contents/reports/baselines/peak.json': () => ({}),
    'POST /repos/o/r/pulls': () => ({ html_url: 'https://github.example/pull/8' }),
  };
  const github = await startGithub((call) => answers[`${call.method} ${call.path.replace(/\?.*/, '')}`]?.(call));
  const ended = await runStep(folder, 'propose-baseline.ts', {
    BASELINE_FILE: join(folder, 'proposed.json'),
    BASELINE_TEST: test,
    DEFAULT_BRANCH: 'main',
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_RUN_ID: '77',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_API_URL: github.url,
  });
  github.close();
  const sent = github.calls.filter(({ method }) => method !== 'GET');
  return { ...ended, sent, find: (method: string) => sent.find((call) => call.method === method)?.body };
}

test('a first baseline becomes a pull request from a branch of its own', async () => {
  const { code, text, sent, find } = await propose(BASELINE, undefined);
  expect(code).toBe(0);
  expect(text).toContain('::notice title=Take a new baseline for peak::https://github.example/pull/8');
  expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /repos/o/r/git/refs',
    'PUT /repos/o/r/contents/reports/baselines/peak.json',
    'POST /repos/o/r/pulls',
  ]);
  expect(sent[0]?.body).toEqual({ ref: 'refs/heads/baseline/peak-77', sha: 'abc' });
  const file = find('PUT') as { readonly content: string; readonly branch: string };
  expect(JSON.parse(Buffer.from(file.content, 'base64').toString())).toEqual(BASELINE);
  expect(file).not.toHaveProperty('sha');
  expect(sent[2]?.body).toMatchObject({ head: 'baseline/peak-77', base: 'main' });
});

test('a new one takes the place of the old one', async () => {
  const old = ['smoke', 'peak'].map((name) => ({ path: `reports/baselines/${name}.json`, sha: `of ${name}` }));
  expect((await propose(BASELINE, old)).find('PUT')).toMatchObject({ sha: 'of peak' });
});

test.each<[string, unknown, string]>([
  ['something else than a baseline', { schema: 'proving-ground/run' }, 'peak'],
  ['the baseline of another test', { ...BASELINE, test: { name: 'smoke.yml' } }, 'peak'],
  ['a name that leaves the folder', BASELINE, '../../x'],
  ['a file that is too large', { ...BASELINE, more: 'x'.repeat(1_000_001) }, 'peak'],
])('%s is not proposed, and nothing is sent', async (_title, content, name) => {
  const { code, sent, text } = await propose(content, undefined, name);
  expect({ code, sent }).toEqual({ code: 2, sent: [] });
  expect(text).toContain('::error title=No baseline was proposed::');
});
