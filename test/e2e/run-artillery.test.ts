import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CountingTarget, startCountingTarget } from './counting-target.ts';
import { runArtillery, startArtillery } from './run-artillery.ts';

// The whole command; that its run alone does the same is what all other tests say.

let folder: string;
let target: CountingTarget;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'run-artillery-'));
  target = await startCountingTarget();
});

afterEach(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

/** A test of two users a second that print a variable of their environment. */
function writeTest(seconds: number): string {
  const lines = [
    'config:',
    `  target: ${target.url}`,
    '  phases:',
    `    - duration: ${seconds}`,
    '      arrivalRate: 2',
    'scenarios:',
    '  - flow:',
    '      - get:',
    '          url: /',
    '      - log: "greeting is {{ $env.GREETING }}, secret is {{ $env.SECRET }}."',
  ];
  writeFileSync(join(folder, 'test.yml'), `${lines.join('\n')}\n`);
  return 'test.yml';
}

test('runs a test in its folder and reports how it ended, what it printed and how long it took; hands on the environment it is given, and nothing of the one it has', async () => {
  process.env.SECRET = 'of-the-tests';
  const run = await runArtillery([writeTest(1)], { cwd: folder, env: { GREETING: 'hello' }, by: 'user' });
  delete process.env.SECRET;
  expect(run).toMatchObject({ exitCode: 0, signal: null, stderr: '' });
  expect(run.stdout).toContain('Summary report');
  expect(run.durationMs).toBeGreaterThan(1_000);
  expect(target.total()).toBe(2);
  expect(run.stdout).toContain('greeting is hello');
  expect(run.stdout).not.toContain('of-the-tests');
});

test.each(['artillery', 'group'] as const)('sends a signal to the %s after something was printed', async (to) => {
  const by = to === 'artillery' ? ({ by: 'user' } as const) : {};
  const run = startArtillery([writeTest(60)], { cwd: folder, ...by });
  const [, index] = await run.printed(/Phase started: \w+ \(index: (\d+)/);
  expect(index).toBe('0');
  run.signal('SIGINT', to);
  expect(await run.finished).toMatchObject({ exitCode: 130, signal: null });
});

test('rejects when the run ends without printing what is waited for', async () => {
  const run = startArtillery(['no-such-test.yml'], { cwd: folder, by: 'user' });
  await expect(run.printed(/Phase started/)).rejects.toThrow(/without printing .*no-such-test\.yml/s);
  expect((await run.finished).exitCode).toBe(1);
  await expect(run.printed(/Phase started/)).rejects.toThrow(/without printing/);
});

test('kills a run that takes longer than it may, and shows what it had printed', async () => {
  // Long enough for a first word of Artillery on a machine that does other work, and far from the end of the run.
  const run = runArtillery([writeTest(60)], { cwd: folder, timeoutMs: 12_000 });
  await expect(run).rejects.toThrow(/still running after 12000 ms\nTest run id/);
});
