import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseCapacityRecord } from '../../src/gate/capacity/index.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const COMMAND = pathOf('src/cli/main.ts');
const TEST = pathOf('bench/capacity/known.yml');
/** A system that takes 100 requests a second and no more. */
const SERVER = `node ${pathOf('bench/capacity/known-server.ts')} --workers 2 --service-ms 20`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capacity-e2e-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param interruptAt Ctrl-C comes when this has been said. */
async function runSearch(parameters: readonly string[], interruptAt?: RegExp): Promise<Ended> {
  const child = spawn(process.execPath, [COMMAND, 'capacity', TEST, ...parameters], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  let isInterrupted = false;
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    if (isInterrupted || interruptAt?.test(stderr) !== true) return;
    isInterrupted = true;
    child.kill('SIGINT');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

test('a search that cannot be made ends at once and says why', async () => {
  const { code, stderr } = await runSearch(['--until', 'p95 of "Aks" < 300 ms']);
  expect(stderr).toMatch(/no request called "Aks"; did you mean "Ask"\?\n.*\n {11}\^/);
  expect(code).toBe(2);
});

test('a system at which nothing answers is not loaded', async () => {
  const { code, stderr } = await runSearch(['--until', 'p95 of "Ask" < 300 ms', '--url', 'http://127.0.0.1:9']);
  expect(stderr).toMatch(/nothing answers at http:\/\/127\.0\.0\.1:9\/ with HTTP/);
  expect(code).toBe(2);
});

test('the probe finds where to look, and Ctrl-C writes down what was measured', async () => {
  const output = join(folder, 'out');
  const objective = 'p95 of "Ask" < 300 ms and error rate < 1 %';
  const ended = await runSearch(['--until', objective, '--start', SERVER, '-o', output], /looking between/);
  expect(ended.stderr).toMatch(/Probe: .*; looking between/);
  expect(ended.code).toBe(130);
  expect(ended.stdout).toContain('INCONCLUSIVE: it was interrupted after 0 trials');
  const record = parseCapacityRecord(JSON.parse(readFileSync(join(output, 'capacity.json'), 'utf8')));
  expect(record).toMatchObject({ objective: ['p95 of "Ask" < 300 ms', 'error rate < 1 %'], exitCode: 130, trials: [] });
  // 100 a second lies within, however busy this machine is: steps double, and nothing makes the server faster.
  expect(record.range?.fromPerSec).toBeLessThan(100);
  for (const file of ['report.html', 'summary.md', 'junit.xml']) expect(existsSync(join(output, file))).toBe(true);
}, 120_000);
