import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunRecord, readRun } from '../../src/record/index.ts';
import { type Answer, type CountingTarget, startCountingTarget } from './counting-target.ts';
import { runArtillery } from './run-artillery.ts';

let folder: string;
let target: CountingTarget;
let answer: (path: string) => Answer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thresholds-'));
  answer = () => ({});
  target = await startCountingTarget((path) => answer(path));
});
afterEach(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

/** A quiet phase and a burst, with these thresholds. */
function writeTest(thresholds: readonly string[], burstSeconds = 4): string {
  writeFileSync(
    join(folder, 'test.yml'),
    `config:
  target: ${target.url}
  phases:
    - name: Quiet
      duration: 3
      arrivalRate: 10
    - name: Burst
      duration: ${burstSeconds}
      arrivalRate: 20
  plugins:
    verdict:
      thresholds:
${thresholds.map((sentence) => `        - ${sentence}`).join('\n')}
      # The machine may have other work to do.
      validity: { enforce: false }
    metrics-by-endpoint:
      useOnlyRequestNames: true
scenarios:
  - name: Look something up
    flow:
      - get:
          url: /search
          name: Search
`,
  );
  return 'test.yml';
}

function latest(): RunRecord {
  return readRun(join(folder, 'reports/latest'));
}

function outcomes(record: RunRecord): Record<string, string> {
  return Object.fromEntries(record.verdict.rules.map(({ rule, outcome }) => [rule, outcome]));
}

describe('thresholds', () => {
  test('judge a phase, an endpoint, a journey and the arrivals by themselves', async () => {
    // The quiet phase has 30 users; a tenth of a second for each of them, and next to nothing for those of the burst.
    answer = () => ({ delayMs: target.total() <= 30 ? 120 : 2 });
    const file = writeTest([
      'p50 of "Search" > 100 ms during "Quiet"',
      'p50 of "Search" < 60 ms during "Burst" after 1 s',
      'p50 of "Search" < 60 ms during "Quiet"',
      'count of "Look something up" >= 110',
      'mean of "Look something up" < 1 s',
      'error rate < 1 %',
      'rate >= 95 % of planned',
      'rate of "Search" > 15/s during "Burst"',
      'mean of search.hits > 1',
      'stop if error rate > 50 % for 2 s',
    ]);
    const { exitCode, stdout } = await runArtillery([file], { cwd: folder });
    expect(outcomes(latest())).toEqual({
      'p50 of "Search" > 100 ms during "Quiet"': 'passed',
      'p50 of "Search" < 60 ms during "Burst" after 1 s': 'passed',
      'p50 of "Search" < 60 ms during "Quiet"': 'failed',
      'count of "Look something up" >= 110': 'passed',
      'mean of "Look something up" < 1 s': 'passed',
      'error rate < 1 %': 'passed',
      'rate >= 95 % of planned': 'passed',
      'rate of "Search" > 15 /s during "Burst"': 'passed',
      'mean of search.hits > 1': 'no data',
      'stop if error rate > 50 % for 2 s': 'passed',
    });
    // A run that is well is not stopped.
    expect(latest().ending.how).toBe('completed');
    expect(stdout).toMatch(/ok +stop if error rate +0 % +> 50 %/);
    expect(stdout).toMatch(/BROKEN +p50 of "Search" +1\d\d ms +< 60 ms/);
    expect(exitCode).toBe(1);
  });
});

describe('a stop', () => {
  test('ends the run within two seconds of its condition, and everything is written', async () => {
    let failingSince: number | undefined;
    answer = () => {
      if (target.total() > 60) failingSince ??= Date.now();
      return failingSince === undefined ? {} : { status: 503 };
    };
    const file = writeTest(['stop if error rate > 50 % for 2 s', 'error rate < 90 %'], 60);
    const { exitCode, stdout } = await runArtillery([file], { cwd: folder });
    const record = latest();
    expect(exitCode).toBe(6);
    expect(stdout).toMatch(/^Stopping the run: stop if error rate > 50 % for 2 s$/m);
    expect(stdout).toMatch(/^Verdict: FAILED \(stopped: stop if error rate > 50 % for 2 s\)$/m);
    expect(record.ending).toMatchObject({ how: 'stopped early', stoppedBy: 'stop if error rate > 50 % for 2 s' });
    // A window of two seconds is over half full of errors one second after they began, at the earliest.
    const reactedMs = Date.parse(record.endedAt) - (failingSince ?? 0);
    expect(reactedMs).toBeGreaterThan(1_000);
    expect(reactedMs).toBeLessThan(4_000);
    expect(record.metrics.counters['http.codes.503']).toBeGreaterThan(10);
    expect(record.phases.map(({ name }) => name)).toEqual(['Quiet', 'Burst']);
  });
});

test('a sentence that cannot be read ends the test before any load, and the word is pointed at', async () => {
  const { exitCode, stderr } = await runArtillery([writeTest(['p95 of Search < 300 ms'])], { cwd: folder });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    'test.yml:13:18 error the threshold cannot be read: names of endpoints and journeys stand in quotation marks',
  );
  expect(stderr).toMatch(/^ +13 \| +- p95 of Search < 300 ms\n +\| +\^/m);
  expect(target.total()).toBe(0);
});
