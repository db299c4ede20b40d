import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunRecord, readRun } from '../../src/record/index.ts';
import { type CountingTarget, startCountingTarget } from './counting-target.ts';
import { type ArtilleryResult, runArtillery, startArtillery } from './run-artillery.ts';

let folder: string;
let target: CountingTarget;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verdict-'));
  target = await startCountingTarget(() => ({ delayMs: 5 }));
});
afterEach(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

interface TestParts {
  readonly config?: string;
  readonly plugins?: string;
  readonly seconds?: number;
  readonly scenarios?: string;
  readonly files?: Readonly<Record<string, string>>;
}

const SEARCH = `  - name: Search
    flow:
      - get:
          url: /search
          name: Search`;

/** Writes a test of 20 users a second and returns its file name. */
function writeTest({ config = '', plugins = '', seconds = 2, scenarios = SEARCH, files = {} }: TestParts): string {
  const test = `config:
  target: ${target.url}
  phases:
    - name: Steady
      duration: ${seconds}
      arrivalRate: 20
  plugins:
    # Before verdict on purpose: its hooks must reach journeys that verdict puts in later.
    metrics-by-endpoint:
      useOnlyRequestNames: true
    # The machine may have other work to do.
    verdict: { validity: { enforce: false } }
${plugins}
${config}
scenarios:
${scenarios}
`;
  for (const [name, text] of Object.entries({ 'test.yml': test, ...files })) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return 'test.yml';
}

function run(parts: TestParts, env: Record<string, string> = {}): Promise<ArtilleryResult> {
  return runArtillery([writeTest(parts)], { cwd: folder, env });
}

/** The files of a run of Artillery's own engine. */
const WITHOUT_SAMPLES = ['junit.xml', 'metrics.csv', 'report.html', 'run.json', 'summary.md'];

function latest(): RunRecord {
  return readRun(join(folder, 'reports/latest'));
}

describe('a run that is completed', () => {
  test('passes when its rules hold, and its record agrees with the server', async () => {
    const ensure = `  ensure:
    thresholds:
      - plugins.metrics-by-endpoint.response_time.Search.p95: 1000
    conditions:
      - expression: http.codes.500 == 0 and vusers.created_by_name.Search == 40`;
    // With --output Artillery empties the histograms of its total behind our back.
    const args = [writeTest({ config: ensure }), '--output', 'artillery.json'];
    const { exitCode, stdout } = await runArtillery(args, { cwd: folder, env: { SEED: '77' }, by: 'user' });
    expect(stdout).toMatch(/^Verdict: PASSED \(all 3 rules hold\)$/m);
    expect(stdout).toMatch(/ok +Search: p95 of first byte +\S+ ms +< 1,000 ms +\d+ % under/);
    expect(stdout).toContain('SEED=77 npx artillery run test.yml --output artillery.json');
    expect(exitCode).toBe(0);
    const record = latest();
    expect(record.metrics.counters['http.requests']).toBe(target.total());
    expect(record.metrics.summaries['plugins.metrics-by-endpoint.response_time.Search']?.count).toBe(40);
    expect(record.seed).toBe('77');
    expect(record.phases.map(({ name }) => name)).toEqual(['Steady']);
    expect(readFileSync(join(folder, 'reports/latest/metrics.csv'), 'utf8')).toMatch(
      /Steady,counter,http\.codes\.200,\d+/,
    );
    // Artillery's own engine writes no samples.
    expect(record.samples).toBeUndefined();
    expect(readdirSync(join(folder, 'reports/latest'))).toEqual(WITHOUT_SAMPLES);
  });

  test('fails when a rule is broken, and names rule, observation, limit and line', async () => {
    const { exitCode, stdout } = await run({ config: '  ensure:\n    thresholds:\n      - http.response_time.max: 1' });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^Verdict: FAILED \(http\.response_time\.max < 1 is broken: observed \d+ \(test\.yml:16:9\)\)$/m,
    );
    expect(stdout).toMatch(/BROKEN +http\.response_time\.max +\S+ ms +< 1 ms +\S+ % over/);
    expect(latest().verdict).toMatchObject({ outcome: 'failed', exitCode: 1 });
  });

  test('enforces rules that stand under plugins.ensure, where the official plugin is listed too', async () => {
    const plugins = '    ensure:\n      maxErrorRate: 1\n      p99: 1';
    const { exitCode, stdout } = await run({ plugins });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/BROKEN +http\.response_time\.p99/);
    expect(stdout).toMatch(/ok +users lost \(maxErrorRate\)/);
    expect(stdout).not.toMatch(/^Checks:$/m);
  });

  test('keeps the exit code of a plugin that failed', async () => {
    const scenarios = '  - flow:\n      - get:\n          url: /\n          expect:\n            - statusCode: 404';
    const { exitCode, stdout } = await run({ plugins: '    expect: {}', scenarios });
    expect(exitCode).toBe(21);
    expect(stdout).toMatch(/^Verdict: FAILED \(another plugin asked for exit code 21\)$/m);
  });

  test('is judged even when it cannot be written, and then does not pass', async () => {
    const { exitCode, stdout, stderr } = await run({ files: { reports: 'a file where the folder should be' } });
    expect(stdout).toMatch(/^Verdict: PASSED/m);
    expect(stderr).toMatch(/^error: .*reports.* cannot be written: ENOTDIR|EEXIST/m);
    expect(exitCode).toBe(70);
  });
});

describe('journeys', () => {
  const scenarios = `  - weight: 2
    flow:
      - include: journeys/search.yml`;
  const journey = 'name: Look something up\nflow:\n  - include: steps.yml\n';
  const files = {
    'journeys/search.yml': journey,
    'journeys/steps.yml': '- get:\n    url: /looked-up\n    name: Look up\n',
  };

  test('are included from files of their own', async () => {
    const { exitCode } = await run({ scenarios, files });
    expect(exitCode).toBe(0);
    expect([...target.requests]).toEqual([['/looked-up', 40]]);
    expect(latest().metrics.counters['vusers.created_by_name.Look something up']).toBe(40);
    expect(latest().metrics.counters['plugins.metrics-by-endpoint.Look up.codes.200']).toBe(40);
  });

  test('that cannot be read end the test before any load', async () => {
    const { exitCode, stdout, stderr } = await run({
      scenarios,
      files: { ...files, 'journeys/search.yml': 'flow:\n  - include: gone.yml\n' },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^journeys\/search\.yml:2:14 error include: gone\.yml does not exist/m);
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
    expect(target.total()).toBe(0);
  });
});

test('a test with faults in its rules and options sends no load, and says all of them', async () => {
  const rules =
    '  ensure:\n    threshold:\n      - http.response_time.p95: 100\n    conditions:\n      - expression: p95 <';
  const file = writeTest({ config: rules });
  const healthy = readFileSync(join(folder, file), 'utf8');
  writeFileSync(join(folder, file), healthy.replace('verdict: {', 'verdict: { report: here,'));
  const { exitCode, stderr } = await runArtillery([file], { cwd: folder });
  expect(stderr).toMatch(
    /^test\.yml:\d+:5 error threshold is not a key of rules of ensure; did you mean thresholds\?/m,
  );
  expect(stderr).toMatch(/^test\.yml:18:21 error the condition cannot be read/m);
  expect(stderr).toMatch(/error report is not a key of options of verdict; did you mean reports\?/);
  expect(exitCode).toBe(2);
  expect(target.total()).toBe(0);
});

describe('a run that is cut short', () => {
  // By Ctrl-C: test/e2e/samples.test.ts and terminal.test.ts.
  test('by SIGTERM keeps what was measured to the last second', async () => {
    const artillery = startArtillery([writeTest({ seconds: 60, config: '  ensure:\n    maxErrorRate: 0' })], {
      cwd: folder,
      by: 'user',
    });
    await artillery.printed(/Phase started/);
    // Past the first flush of Artillery's own metrics, and well before the first window of 10 s could arrive.
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    const aSecondBefore = target.total();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    artillery.signal('SIGTERM');
    const { exitCode, stdout } = await artillery.finished;
    expect(exitCode).toBe(143);
    expect(stdout).toMatch(/^Verdict: INCONCLUSIVE \(the run was interrupted before its end\)$/m);
    const record = latest();
    expect(record.ending.how).toBe('interrupted');
    const recorded = record.metrics.counters['http.requests'] ?? 0;
    expect(aSecondBefore).toBeGreaterThan(40);
    expect(recorded).toBeGreaterThanOrEqual(aSecondBefore);
    // Artillery's own engine goes on until its worker is ended: the server may have seen more.
    expect(recorded).toBeLessThanOrEqual(target.total());
  });

  test('by a worker that crashes is on disk and does not pass', async () => {
    const crash = 'module.exports = { crash: () => setImmediate(() => { throw new Error("boom"); }) };';
    const scenarios = '  - flow:\n      - get:\n          url: /\n      - think: 3\n      - function: crash';
    const { exitCode, stdout } = await run({
      config: '  processor: crash.js',
      seconds: 20,
      scenarios,
      files: { 'crash.js': crash },
    });
    expect(exitCode).not.toBe(0);
    expect(stdout).toMatch(/^Verdict: FAILED \(Artillery ended with exit code \d+ in the middle of the run\)$/m);
    expect(readdirSync(join(folder, 'reports/latest'))).toEqual(WITHOUT_SAMPLES);
    expect(latest().ending.how).toBe('crashed');
  });
});

test('a run that another plugin ends early is inconclusive, with an exit code of its own', async () => {
  const plugin = `exports.Plugin = class {
  constructor(script, events) {
    if (process.env.LOCAL_WORKER_ID) return;
    events.on('phaseStarted', () => setTimeout(() => global.artillery.shutdown({ earlyStop: true, exitCode: 0 }), 2500));
  }
};`;
  const files = { 'plugins/artillery-plugin-impatient/index.js': plugin };
  const env = { ARTILLERY_PLUGIN_PATH: join(folder, 'plugins') };
  const { exitCode, stdout } = await run({ plugins: '    impatient: {}', seconds: 30, files }, env);
  expect(exitCode).toBe(5);
  expect(stdout).toMatch(/^Verdict: INCONCLUSIVE \(the run was stopped before its end\)$/m);
  expect(latest().metrics.counters['http.requests']).toBeGreaterThan(20);
});

test('the same seed sends the same journeys in the same order, and another seed others', async () => {
  const names = ['Ann', 'Ben', 'Cem', 'Dea'];
  const scenarios = names
    .map((name) => `  - name: ${name}\n    flow:\n      - get:\n          url: /${name}`)
    .join('\n');
  const orders: string[] = [];
  for (const seed of ['7', '7', '8']) {
    const before = target.order.length;
    await run({ scenarios, seconds: 1 }, { SEED: seed });
    orders.push(target.order.slice(before).join(' '));
  }
  expect(orders[0]?.split(' ')).toHaveLength(20);
  expect(orders[1]).toBe(orders[0]);
  expect(orders[2]).not.toBe(orders[0]);
});
