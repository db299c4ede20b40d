import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../src/cli/system/free-port.ts';
import { type RunRecord, readRun } from '../../src/record/index.ts';
import { type ArtilleryRun, startArtillery } from './run-artillery.ts';

// The tests of this repository as a user runs them, on the real platform, with fewer documents and a shorter phase.

let folder: string;
/** A folder of its own: the account that runs PostgreSQL for root cannot reach into one of root's. */
let data: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'platform-run-'));
  data = mkdtempSync(join(tmpdir(), 'platform-run-data-'));
});
afterAll(() => {
  for (const path of [folder, data]) rmSync(path, { recursive: true, force: true });
});

interface Change {
  readonly seconds?: number;
  readonly thresholds?: readonly Readonly<Record<string, number>>[];
}

async function start(
  name: string,
  { seconds = 8, thresholds }: Change = {},
): Promise<{ run: ArtilleryRun; target: string; latest: () => RunRecord }> {
  const target = `http://127.0.0.1:${await freePort()}`;
  const reports = join(folder, name);
  const overrides = {
    config: {
      target,
      phases: [{ name: 'Everybody once', duration: seconds, arrivalRate: 3 }],
      plugins: {
        // The machine may have other work to do.
        verdict: { reports, validity: { enforce: false } },
        'reference-platform': { address: target, env: { DOCUMENTS: '2000', PLATFORM_DATA: data } },
      },
      ...(thresholds === undefined ? {} : { ensure: { thresholds } }),
    },
  };
  const args = ['artillery/smoke.yml', '--overrides', JSON.stringify(overrides)];
  return {
    run: startArtillery(args, { env: { THINK_SCALE: '0.2', SEED: '11' }, timeoutMs: 90_000 }),
    target,
    latest: () => readRun(join(reports, 'latest')),
  };
}

test('the smoke test starts the platform, passes, and leaves nothing running', async () => {
  const { run, target, latest } = await start('passing');
  const { exitCode, stdout } = await run.finished;
  expect(stdout).toMatch(/^Verdict: PASSED/m);
  expect(exitCode).toBe(0);
  const { metrics } = latest();
  expect(metrics.counters['vusers.created']).toBe(24);
  expect(metrics.summaries['auth.sign_in_time']?.count).toBeGreaterThan(10);
  expect(metrics.counters['plugins.metrics-by-endpoint.Sign in.codes.200']).toBeGreaterThan(10);
  expect(Object.keys(metrics.counters).filter((name) => name.startsWith('errors.'))).toEqual([]);
  // Everything that there is of the platform was watched, without a word about it in the test.
  const watched = latest().system?.sources ?? [];
  expect(watched.map(({ system, kind }) => `${system}: ${kind}`)).toEqual([
    'Reference platform: prometheus',
    'Reference platform: process',
    'PostgreSQL: postgres',
    'PostgreSQL: process',
    'This machine: process',
    'Server-Timing: server-timing',
  ]);
  // A warning may be there: a machine that does other work as well answers some looks too late.
  for (const { looks } of watched) expect(looks).toBeGreaterThan(3);
  await expect(fetch(`${target}/health`)).rejects.toThrow();
  expect(postgresProcesses()).toEqual([]);
});

test('a threshold below reality fails it, with rule, observation and limit', async () => {
  const { run, latest } = await start('failing', { thresholds: [{ 'auth.sign_in_time.p95': 1 }] });
  const { exitCode, stdout } = await run.finished;
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^Verdict: FAILED \(auth\.sign_in_time\.p95 < 1 is broken: observed \d+/m);
  expect(stdout).toMatch(/BROKEN +auth\.sign_in_time\.p95 +\S+ ms +< 1 ms +\S+ % over/);
  expect(latest().verdict.outcome).toBe('failed');
});

test('a platform that is killed half way fails it, and what was measured is on disk', async () => {
  const { run, target, latest } = await start('killed', { seconds: 10 });
  await run.printed(/Phase started/);
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  const { pid } = (await (await fetch(`${target}/health`)).json()) as { pid: number };
  process.kill(pid, 'SIGKILL');
  const { exitCode, stdout } = await run.finished;
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^Verdict: FAILED \(reference-platform: /m);
  const record = latest();
  expect(record.metrics.counters['http.codes.200']).toBeGreaterThan(10);
  expect(record.metrics.counters['errors.ECONNREFUSED']).toBeGreaterThan(0);
  expect(postgresProcesses()).toEqual([]);
});

/** PostgreSQL servers whose data is that of these tests. */
function postgresProcesses(): string[] {
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return processes.filter((line) => line.includes('postgres') && line.includes(data));
}
