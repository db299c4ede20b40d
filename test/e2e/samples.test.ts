import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pl from 'nodejs-polars';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunRecord, readRun } from '../../src/record/index.ts';
import { readSamples } from '../../src/record/samples/index.ts';
import { type CountingTarget, startCountingTarget } from './counting-target.ts';
import { type ArtilleryResult, type ArtilleryRun, runArtillery, startArtillery } from './run-artillery.ts';

const COMMAND = fileURLToPath(new URL('../../src/cli/proving-ground.js', import.meta.url));

let folder: string;
let target: CountingTarget;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'samples-'));
  target = await startCountingTarget((path) => ({
    status: path === '/broken' ? 503 : 200,
    delayMs: path === '/slow' ? 40 : 0,
  }));
});
afterEach(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

const SENTENCES = [
  'p95 of "Slow" < 10 ms during "Burst"',
  'p99 of "Fast" < 10 s after 1 s',
  'max < 10 s',
  'mean of "Fast" < 10 s during "Warm-up"',
  'error rate < 60 %',
  'count of "Slow" > 1',
  'median of "Fast" < 10 s for 2 s',
  'mean of "Browse" < 10 s',
];

function writeTest({ seconds = 3 } = {}): void {
  writeFileSync(
    join(folder, 'test.yml'),
    `config:
  target: ${target.url}
  engines:
    undici: {}
  phases:
    - name: Warm-up
      duration: 2
      arrivalRate: 10
    - name: Burst
      duration: ${seconds}
      arrivalRate: 30
  ensure:
    maxErrorRate: 100
  plugins:
    verdict:
      validity:
        enforce: false
      thresholds:
${SENTENCES.map((sentence) => `        - ${sentence}`).join('\n')}
scenarios:
  - name: Browse
    engine: undici
    flow:
      - get:
          url: /fast
          name: Fast
      - get:
          url: /slow
          name: Slow
      - get:
          url: /broken
`,
  );
}

function latest(): RunRecord {
  return readRun(join(folder, 'reports/latest'));
}

function observed(record: RunRecord): (number | undefined)[] {
  return record.verdict.rules.slice(0, SENTENCES.length).map(({ terms }) => terms[0]?.observed);
}

/** The samples as another program reads them. */
function frameOf(record: RunRecord): pl.DataFrame {
  return pl.readIPCStream(readFileSync(join(folder, 'reports/latest/samples.arrow'))).select(
    pl.col('due').cast(pl.Int64).alias('due'),
    pl.col('last_byte').cast(pl.Float64).div(1000).alias('ms'),
    pl.col('endpoint').cast(pl.Utf8),
    pl.col('phase').cast(pl.Utf8),
    pl.col('status'),
    pl
      .col('due')
      .cast(pl.Int64)
      .div(1000)
      .sub(Date.parse(record.phases[0]?.startedAt ?? ''))
      .alias('elapsed'),
  );
}

function expectClose(actual: number | undefined, expected: number): void {
  expect(actual).toBeCloseTo(expected, 6);
}

describe('a run on the undici engine', () => {
  test('has a sample for each request that the server saw, and a verdict that another program and a second look compute alike', async () => {
    writeTest();
    const result = await runArtillery(['test.yml'], { cwd: folder });
    const record = latest();
    const frame = frameOf(record);
    expect(record.samples?.count).toBe(target.total());
    expect(frame.height).toBe(target.total());
    expect(record.samples?.requests.map(({ endpoint, phase }) => [endpoint, phase])).toContainEqual([
      'GET /broken',
      'Burst',
    ]);
    // The first sentence is broken on purpose.
    expect(result.exitCode).toBe(1);

    // Judged again on its samples, with the same values.
    const [, ...first] = observed(record).toReversed();
    const [, ...second] = observed(judgedAgain()).toReversed();
    expect(second).toEqual(first);

    const ms = (condition: pl.Expr): pl.Series => frame.filter(condition).getColumn('ms');
    const slow = pl.col('endpoint').eq(pl.lit('Slow'));
    const fast = pl.col('endpoint').eq(pl.lit('Fast'));
    const [p95, p99, max, mean, errors, count, worstMedian] = observed(record);
    expectClose(p95, ms(slow.and(pl.col('phase').eq(pl.lit('Burst')))).quantile(0.95, 'linear'));
    expectClose(p99, ms(fast.and(pl.col('elapsed').gtEq(1000))).quantile(0.99, 'linear'));
    expectClose(max, Number(frame.getColumn('ms').max()));
    expectClose(mean, Number(ms(fast.and(pl.col('phase').eq(pl.lit('Warm-up')))).mean()));
    expectClose(errors, ((target.requests.get('/broken') ?? 0) / target.total()) * 100);
    expect(count).toBe(target.requests.get('/slow'));
    expect(worstMedian).toBeGreaterThanOrEqual(ms(fast).quantile(0.5, 'linear'));
    expect(record.verdict.rules.slice(0, SENTENCES.length).map(({ terms }) => terms[0]?.source)).toEqual([
      ...Array<string>(7).fill('samples'),
      'metrics',
    ]);
  });

  test('keeps what ended before Ctrl-C', async () => {
    writeTest({ seconds: 20 });
    const run = startArtillery(['test.yml'], { cwd: folder });
    await untilTotal(run, 150);
    run.signal('SIGINT', 'group');
    const { exitCode, stdout } = await run.finished;
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/^Verdict: INCONCLUSIVE \(the run was interrupted before its end\)$/m);
    const record = latest();
    expect(record.ending.how).toBe('interrupted');
    expect(record.samples?.count).toBe(readSamples(join(folder, 'reports/latest/samples.arrow')).count);
    // A request in flight in that moment is seen by the server only.
    expect(target.total() - (record.samples?.count ?? 0)).toBeLessThan(20);
  });

  test('leaves samples up to the last second when all of it is killed', async () => {
    writeTest({ seconds: 20 });
    const run = startArtillery(['test.yml'], { cwd: folder });
    await untilTotal(run, 120);
    const seen = target.total();
    // One second until it is sent, and another for a busy machine.
    await sleep(2_500);
    run.signal('SIGKILL', 'group');
    await run.finished;
    const [name = 'none'] = readdirSync(join(folder, 'reports'));
    const samples = readSamples(join(folder, 'reports', name, 'samples.arrow'));
    // The last of them were seen by the server before they ended.
    expect(samples.count).toBeGreaterThan(seen - 20);
    expect(samples.names.endpoint.toSorted()).toEqual(['Fast', 'GET /broken', 'Slow']);
    expect(existsSync(join(folder, 'reports', name, 'run.json'))).toBe(false);
  });
});

test('a run that is refused leaves no folder behind', async () => {
  writeTest();
  writeFileSync(join(folder, 'test.yml'), readFileSync(join(folder, 'test.yml'), 'utf8').replace('p95 of', 'p950 of'));
  const { exitCode } = await runArtillery(['test.yml'], { cwd: folder });
  expect([exitCode, existsSync(join(folder, 'reports'))]).toEqual([2, false]);
});

function judgedAgain(): RunRecord {
  try {
    return JSON.parse(
      execFileSync(COMMAND, ['verdict', 'reports/latest', '--format', 'json'], { cwd: folder, encoding: 'utf8' }),
    );
  } catch (error) {
    // Its exit code is that of the verdict.
    return JSON.parse(String((error as { stdout: unknown }).stdout));
  }
}

/** Waits until the server has seen so many requests; a run that ends before that fails the test with what it printed. */
async function untilTotal(run: ArtilleryRun, count: number): Promise<void> {
  let ended: ArtilleryResult | undefined;
  void run.finished.then((result) => {
    ended = result;
  });
  while (target.total() < count) {
    if (ended !== undefined) throw new Error(`the run ended early\n${ended.stdout}${ended.stderr}`);
    await sleep(50);
  }
}
