import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CountingTarget, startCountingTarget } from './counting-target.ts';
import { type ArtilleryResult, runArtillery } from './run-artillery.ts';

/** The machine may have other work to do: nothing here is about how fast it is. */
const TEST = (target: string): string => `config:
  target: ${target}
  engine: undici
  engines: { undici: {} }
  phases:
    - name: Look
      duration: 2
      arrivalRate: 20
  plugins:
    verdict:
      baseline: base.json
      validity: { enforce: false, maxSendLag: 5000 }
scenarios:
  - name: Look
    flow:
      - get: { url: /, name: Search }
`;

let folder: string;
let target: CountingTarget;
let [without, beside]: (ArtilleryResult | undefined)[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baseline-'));
  target = await startCountingTarget(() => ({ delayMs: 5 }));
  writeFileSync(join(folder, 'test.yml'), TEST(target.url));
  const env = { SEED: '7' };
  without = await runArtillery(['test.yml'], { cwd: folder, env });
  const main = resolve('src/cli/main.ts');
  const words = [main, 'baseline', 'reports/latest', '--output', 'base.json'];
  const made = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  expect(made.stdout).toBe('Wrote base.json from 1 run\n');
  beside = await runArtillery(['test.yml'], { cwd: folder, env });
});
afterAll(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

test('a run without its baseline is warned of before, and told after; its verdict is its own', () => {
  expect(without?.exitCode).toBe(0);
  expect(`${without?.stderr}${without?.stdout}`).toContain('[baseline-missing]');
  expect(without?.stdout).toContain('Not compared with base.json: there is no such file\n');
});

test('a run says what changed since its baseline in the terminal, the summary and the report, and that it is advisory', () => {
  expect(beside?.exitCode).toBe(0);
  expect(beside?.stdout).toMatch(/\nBeside base\.json \(advisory\): \d+ of \d+ figures changed clearly\n/);
  const file = (name: string): string => readFileSync(join(folder, 'reports/latest', name), 'utf8');
  expect(file('summary.md')).toMatch(
    /Compared with <code>base\.json<\/code>.*\n.*\n(?:.*\n)*?\| <code>p50 of Search<\/code> \|/,
  );
  expect(file('summary.md')).toMatch(/ \| advisory \|\n/);
  expect(file('report.html')).toContain('Beside base.json, advisory');
});
