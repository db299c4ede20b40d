import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunFolder, writeRun } from '../../src/record/index.ts';
import { COLUMN_NAMES, createColumns } from '../../src/record/samples/sample-columns.ts';
import { createSampleFile } from '../../src/record/samples/sample-file.ts';
import { failedRun, passedRun, workingDay } from '../../src/report/html/testing/example-runs.ts';
import type { SyntheticRun } from '../../src/report/html/testing/synthetic-run.ts';
import { type CommandResult, runCommand } from './run-command.ts';

const GOLDEN = fileURLToPath(new URL('report/golden', import.meta.url));
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

let scratch: string;
let [first, second, withoutSamples] = ['', '', ''];
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'report-commands-'));
  first = record(passedRun({ phases: workingDay(2, 40) }), true);
  second = record(failedRun(), true);
  withoutSamples = record(passedRun({ phases: workingDay(2, 40), seed: 'other' }), false);
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

function record({ record: run, samples }: SyntheticRun, hasSamples: boolean): string {
  const folder = createRunFolder(scratch, new Date(run.startedAt), run.test.file);
  writeRun(folder, run, '');
  if (!hasSamples) return folder;
  const file = createSampleFile(join(folder, 'samples.arrow'));
  file.append({ ...createColumns(COLUMN_NAMES, samples.count), ...samples });
  file.end();
  return folder;
}

function command(...words: string[]): Promise<CommandResult> {
  return runCommand(scratch, words);
}

function page(...path: string[]): string {
  return readFileSync(join(...path), 'utf8');
}

describe('proving-ground report', () => {
  test('writes the report of a run into its folder, with samples and without, and warns of nothing', async () => {
    for (const folder of [first, withoutSamples]) {
      const file = join(folder, 'report.html');
      const stdout = `Wrote ${file}, and summary.md and junit.xml beside it\n`;
      expect(await command('report', folder)).toEqual({ status: 0, stdout, stderr: '' });
      expect(page(file)).toContain('<h1>Passed</h1>');
      expect(page(file).includes('This run has no samples')).toBe(folder === withoutSamples);
    }
  });

  test('writes the summary and the file for build servers as well, and adds nothing to the summary of a job', () => {
    const stepSummary = join(scratch, 'step.md');
    const env = { ...process.env, GITHUB_STEP_SUMMARY: stepSummary };
    const { status, stderr } = spawnSync(process.execPath, [MAIN, 'report', second], {
      cwd: scratch,
      env,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(page(second, 'summary.md')).toMatch(/^### ❌ peak\.yml: failed$/m);
    expect(page(second, 'summary.md')).toContain(`<code>${second}/report.html</code>`);
    expect(page(second, 'junit.xml')).toMatch(/<testsuite .*failures="3"/);
    expect(existsSync(stepSummary)).toBe(false);
  });

  test('prints what it wrote and the figures of the trend for a program', async () => {
    const { stdout } = await command('report', first, second, '--format', 'json', '--output', 'for-programs.html');
    const { runs, trend } = JSON.parse(stdout);
    expect(trend).toBe('for-programs.html');
    expect(runs[0].files).toEqual(['report.html', 'summary.md', 'junit.xml'].map((file) => join(first, file)));
    expect(runs.map(({ verdict }: { readonly verdict: string }) => verdict)).toEqual(['Passed', 'Failed']);
    expect(runs[1].times.p95).toBeGreaterThan(runs[0].times.p95);
  });

  test('writes a page over several runs beside them, or where it is told', async () => {
    const { status, stdout } = await command('report', first, second, join(withoutSamples, 'run.json'));
    expect(status).toBe(0);
    expect(stdout).toContain(`Wrote ${join(scratch, 'trend.html')}\n`);
    expect(page(scratch, 'trend.html')).toContain('<h1>2 of 3 passed</h1>');
    expect((await command('report', first, second, '--output', 'other.html')).stdout).toContain('Wrote other.html\n');
    expect(page(scratch, 'other.html')).toContain('1 of 2 passed');
  });

  test.each([
    ['a folder that is none', ['report', 'nowhere'], /^error: .*nowhere.* cannot be read/],
    ['--output for one run', ['report', '.', '-o', 'x.html'], /only one/],
  ])('%s ends with 2 and says what to do', async (_name, words, message) => {
    const { status, stderr } = await command(...words.map((word) => (word === '.' ? first : word)));
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('proving-ground baseline', () => {
  const VALID = { outcome: 'valid' as const, enforced: true, figures: {}, findings: [] };
  const endpoints = ['Search', 'Dashboard'].map((name) => ({
    name,
    journey: 'Look',
    share: 0.5,
    medianMs: 9,
    sigma: 0.3,
  }));
  const judged = (seed: string, change: Partial<SyntheticRun['record']> = {}, slowness = 1): string => {
    const run = passedRun({ phases: workingDay(1, 40), endpoints, seed, slowness, thresholds: [] });
    return record({ ...run, record: { ...run.record, validity: VALID, ...change } }, true);
  };
  let runs: string[] = [];
  beforeAll(() => {
    runs = ['one', 'two', 'three'].map((seed) => judged(seed));
  });

  test('keeps the figures of runs beside them, and compare takes them instead of a run', async () => {
    const { status, stdout, stderr } = await command('baseline', ...runs);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'Wrote baselines/peak.json from 3 runs\n',
      stderr: '',
    });
    const slower = [4, 5, 6].map((number) => judged(`slower ${number}`, {}, 1.4));
    const compare = async (...words: string[]): Promise<string> =>
      (await command('compare', '--before', 'baselines/peak.json', '--after', ...slower, ...words, '-o', 'beside.html'))
        .stdout;
    expect(await compare()).toMatch(/\nSearch +p50 .* more\n/);
    expect(await compare('--format', 'markdown')).toMatch(/\n\| <code>Search<\/code> \| p50 \|.*\| more \|\n/);
    expect(page(scratch, 'beside.html')).toContain('<svg viewBox');
    const { comparison, ...json } = JSON.parse(await compare('--format', 'json'));
    expect(json).toEqual({ before: 'baselines/peak.json', after: expect.stringMatching(/-peak/), isAdvisory: true });
    expect(comparison.runs.after).toHaveLength(3);
    // To be written anew, and read, when the form changes on purpose.
    const golden = JSON.parse(page(GOLDEN, 'compare-row.json'));
    interface Row {
      readonly target: { readonly name: string };
      readonly metric: string;
      readonly flags: readonly { readonly kind: string }[];
    }
    const rows = comparison.rows.filter(({ target, metric }: Row) => target.name === 'Search' && metric === 'p50');
    const shown = rows.map(({ flags, ...row }: Row) => ({ ...row, flags: flags.map(({ kind }) => kind) }));
    expect({ ...comparison, runs: 'three', rows: shown }).toEqual(golden);
  });

  test('a baseline is in the form that the repository keeps, and fits its schema', async () => {
    await command('baseline', ...runs, '--output', 'form.json');
    const input = page(scratch, 'form.json');
    const { status, stdout } = spawnSync('biome', ['format', '--stdin-file-path=form.json'], {
      input,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: input });
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(readFileSync('schema/baseline.schema.json', 'utf8')),
    );
    expect(validate(JSON.parse(input))).toBe(true);
  });

  test.each<[string, () => string[], RegExp]>([
    [
      'an interrupted run',
      () => [judged('cut', { ending: { how: 'interrupted', faults: [], suggestedExitCode: 130 } })],
      /: it was interrupted, not completed\n/,
    ],
    [
      'a run that is not valid',
      () => [judged('late', { validity: { ...VALID, outcome: 'not valid' } })],
      /bottleneck\n/,
    ],
    ['a run that nobody judged', () => [first], /nobody judged whether its generator kept up\n/],
    ['a run twice', () => [runs[0] ?? '', runs[0] ?? ''], /: given twice\n/],
    [
      'runs with different journeys',
      () => [
        runs[0] ?? '',
        judged('other', { test: { name: 'peak.yml', file: 'artillery/peak.yml', journeysHash: 'x' } }),
      ],
      /: journeys: /,
    ],
    [
      'runs of two tests',
      () => [runs[0] ?? '', judged('test', { test: { name: 'a.yml', file: 'a.yml' } })],
      /: test: /,
    ],
  ])('%s makes none', async (_title, words, message) => {
    const { status, stderr } = await command('baseline', ...words(), '--output', 'none.json');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: these runs cannot be a baseline:\n/);
    expect(stderr).toMatch(message);
    expect(existsSync(join(scratch, 'none.json'))).toBe(false);
  });
});

describe('proving-ground trend', () => {
  const endpoints = ['Search', 'Dashboard'].map((name) => ({
    name,
    journey: 'Look',
    share: 0.5,
    medianMs: 9,
    sigma: 0.2,
  }));
  const nightly = (day: number): string => {
    const startMs = Date.UTC(2026, 3, 1 + day, 12);
    const load = { phases: workingDay(0.5, 40), endpoints, thresholds: [], testFile: 'artillery/nightly.yml' };
    return record(passedRun({ ...load, startMs, seed: `day ${day}`, slowness: day < 8 ? 1 : 1.3 }), true);
  };
  let runs: string[] = [];
  beforeAll(() => {
    runs = Array.from({ length: 14 }, (_, day) => nightly(day));
  });

  test('says since when what changed, over all runs of a test or those that are named', async () => {
    const { status, stdout, stderr } = await command(
      'trend',
      '--test',
      'nightly.yml',
      '--reports',
      '.',
      '-o',
      'nights.html',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'Wrote nights.html\n' });
    expect(stdout).toMatch(/^\d+ figures of 14 runs, 2026-04-01 to 2026-04-14: \d+ changes\.\n/);
    expect(stdout).toMatch(
      /\np50 of Search changed with 2026-04-0\dT\S+-nightly \(2026-04-09, commit 0123456789ab\) from /,
    );
    expect(page(scratch, 'nights.html')).toMatch(/<li>p50 of Search changed with /);
    const named = JSON.parse((await command('trend', ...runs.toReversed(), '--format', 'json')).stdout);
    expect(named).toMatchObject({ test: 'artillery/nightly.yml', isAdvisory: true, leftOut: [] });
    expect(named.changes.length).toBe(stdout.match(/ changed with | drifts /g)?.length);
    expect((await command('report', ...runs.slice(0, 2))).stdout).toContain('trend.html');
  });

  test.each<[string, string[], RegExp]>([
    [
      'no runs of that test',
      ['trend', '--test', 'other.yml', '--reports', '.'],
      /^error: \. has no run of other\.yml\n/,
    ],
    ['runs and a test', ['trend', 'a', '--test', 'nightly.yml'], /runs and --test were given/],
    ['too many runs', ['trend', '--last', '201'], /--last is 201; it must be a whole number from 1 to 200/],
  ])('%s: ends with 2 and says why', async (_title, words, message) => {
    const { status, stderr } = await command(...words);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('proving-ground compare', () => {
  let [same, slower] = ['', ''];
  beforeAll(() => {
    const load = { phases: workingDay(2, 40), seed: 'other' };
    same = record(passedRun(load), true);
    slower = record(passedRun({ ...load, seed: 'slower', slowness: 1.5 }), true);
  });

  test('writes a page, prints the changes with intervals, and says what they are worth', async () => {
    const { status, stdout, stderr } = await command('compare', first, slower);
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'Wrote compare.html\n' });
    expect(stdout).toMatch(/^Endpoint +Metric +before +after +change +95 % interval +clear\nAll requests +p50/);
    expect(stdout).toMatch(/\nSearch +p50 .* more\n/);
    expect(stdout).toContain('Advisory: intervals say how each run scatters within itself, not how runs differ.');
    expect(
      stdout
        .split('\n')
        .slice(0, -1)
        .filter((line) => /p\d\d .* % /.test(line) && line.length > 80),
    ).toEqual([]);
    expect(page(scratch, 'compare.html')).toContain('Comparison of two runs');
  });

  test('finds no clear change between a run and itself', async () => {
    const { stdout } = await command('compare', first, first, '--format', 'json', '-o', 'self.html');
    const { comparison, before, after } = JSON.parse(stdout);
    const reads = comparison.rows.flatMap((row: { reads?: string }) => row.reads ?? []);
    expect([before, after]).toEqual([expect.stringContaining('(before)'), expect.stringContaining('(after)')]);
    expect(reads.length).toBeGreaterThan(10);
    expect(new Set(reads)).toEqual(new Set(['no clear change']));
  });

  test('takes several runs a side, and the same warm-up for all', async () => {
    const words = ['--before', first, same, '--after', slower, '--warm-up', '25', '--format', 'json', '-o', 's.html'];
    const { comparison, isAdvisory } = JSON.parse((await command('compare', ...words)).stdout);
    expect(isAdvisory).toBe(true);
    expect(comparison.warmUpSec).toBe(25);
    expect(comparison.runs.before).toHaveLength(2);
    expect(comparison.rows[0]).toMatchObject({ kind: 'compared', basis: 'within runs', reads: 'more' });
  });

  test.each([
    [
      'runs under different load',
      () => ['compare', first, second],
      /cannot be compared, since they differ:\n {2}load: /,
    ],
    ['a run without samples', () => ['compare', first, withoutSamples], /^error: .* has no samples\.arrow/],
    ['one run', () => ['compare', first], /compare needs the runs of both sides/],
    ['runs and --before', () => ['compare', first, slower, '--before', same], /compare needs the runs of both sides/],
    [
      'a warm-up that is no number',
      () => ['compare', first, slower, '--warm-up', 'long'],
      /number of seconds, 0 or more/,
    ],
  ])('%s: ends with 2, says why, and writes no page', async (_name, words, message) => {
    const { status, stderr } = await command(...words(), '-o', 'none.html');
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(existsSync(join(scratch, 'none.html'))).toBe(false);
  });

  test('ends with 70 where the page cannot be written', async () => {
    const { status, stderr } = await command('compare', first, slower, '-o', 'no/such/folder.html');
    expect(status).toBe(70);
    expect(stderr).toMatch(/^error: no\/such\/folder.html cannot be written: ENOENT\n/);
  });
});
