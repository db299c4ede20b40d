import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunRecord, readRun } from '../../src/record/index.ts';
import { type CountingTarget, startCountingTarget } from './counting-target.ts';
import { type ArtilleryResult, runArtillery } from './run-artillery.ts';

/** How long the server takes for an answer; one that is slow is not the generator's fault. */
let answerMs = 5;
let folder: string;
let target: CountingTarget;
beforeEach(async () => {
  answerMs = 5;
  folder = mkdtempSync(join(tmpdir(), 'validity-'));
  target = await startCountingTarget(() => ({ delayMs: answerMs }));
});
afterEach(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

const BLOCK = `exports.block = (context, events, done) => {
  const until = performance.now() + 50;
  while (performance.now() < until);
  done();
};
`;

const ENGINES = { http: '', undici: '  engines:\n    undici: {}\n  engine: undici\n' };

interface Parts {
  readonly engine: keyof typeof ENGINES;
  /** Every user keeps the event loop busy for 50 ms: 20 of them fill a second. */
  readonly blocks?: boolean;
  /** Phases after the burst. */
  readonly more?: string;
  readonly options?: string;
}

/** 40 users a second for 3 s. On a machine that others use too, only lags that nobody could overlook count as late. */
function run({ engine, blocks = false, more = '', options = '' }: Parts): Promise<ArtilleryResult> {
  const test = `config:
  target: ${target.url}
${ENGINES[engine]}  processor: block.cjs
  phases:
    - name: Burst
      duration: 3
      arrivalRate: 40
${more}  plugins:
    metrics-by-endpoint:
      useOnlyRequestNames: true
    verdict:
      validity:
        maxSendLag: 500
${options}
scenarios:
  - name: Search
    flow:
${blocks ? '      - function: block\n' : ''}      - get:
          url: /search
          name: Search
`;
  writeFileSync(join(folder, 'block.cjs'), BLOCK);
  writeFileSync(join(folder, 'test.yml'), test);
  return runArtillery(['test.yml'], { cwd: folder });
}

function latest(): RunRecord {
  return readRun(join(folder, 'reports/latest'));
}

const CROWDED = '    - name: Crowded\n      duration: 1\n      arrivalRate: 40\n      maxVusers: 10\n';
const THRESHOLD = '      thresholds:\n        - p95 of "Search" < 1 ms';

describe.each(['http', 'undici'] as const)('with the engine %s', (engine) => {
  test('a run that keeps up is valid, and says by which figures', async () => {
    const { exitCode, stdout } = await run({ engine });
    expect(stdout).toMatch(
      /^ {2}Generator: valid \(event loop \S+ %, late \S+ % of the time, .*arrivals \S+ % of plan\)$/m,
    );
    expect(exitCode).toBe(0);
    const { generator = [], machine = [], validity } = latest();
    expect(validity?.outcome).toBe('valid');
    expect(generator.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBe(120);
    expect(machine.length).toBeGreaterThan(1);
  });

  test('a server that takes two seconds for every answer does not make it not valid, nor do users whom maxVusers turns away', async () => {
    answerMs = 2_000;
    const { exitCode, stdout } = await run({ engine, more: CROWDED });
    expect(stdout).toMatch(/^ {2}Generator: valid /m);
    expect(stdout).toMatch(/^ {4}note: \d+ of 160 users were turned away because maxVusers were at work/m);
    expect(exitCode).toBe(0);
    expect(latest().metrics.summaries['http.response_time']?.min).toBeGreaterThan(1_900);
  });

  test('a generator that blocks its own event loop is not valid, with the seconds and what to do; broken rules are told as well, and are not the verdict', async () => {
    const { exitCode, stdout } = await run({ engine, blocks: true, options: THRESHOLD });
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/^Verdict: NOT VALID \(the generator was the bottleneck: .*from \d+ s to \d+ s/m);
    expect(stdout).toMatch(/^Verdict: NOT VALID \(.*; it also broke rules: p95 of "Search" < 1 ms is broken/m);
    expect(stdout).toMatch(/^ {2}BROKEN /m);
    expect(stdout).toMatch(/^ {4}fault: users of "Burst" arrived at \S+ % of the planned rate, from 0 s to \d+ s/m);
    expect(stdout).toContain('Lower the rate, take work out of the functions');
    const { verdict, validity, generator = [] } = latest();
    expect(verdict).toMatchObject({ outcome: 'not valid', exitCode: 4 });
    expect(validity?.figures.arrivalShare).toBeLessThan(0.8);
    expect(Math.max(...generator.map(({ delayMaxMs }) => delayMaxMs))).toBeGreaterThan(40);
  });
});

test('what is not enforced is said and not the verdict', async () => {
  const { exitCode, stdout } = await run({ engine: 'http', blocks: true, options: '        enforce: false' });
  expect(stdout).toMatch(/^ {2}Generator: NOT VALID \(not enforced\) /m);
  expect(stdout).toMatch(/^Verdict: PASSED/m);
  expect(exitCode).toBe(0);
});
