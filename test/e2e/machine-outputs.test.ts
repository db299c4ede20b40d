import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { type CountingTarget, startCountingTarget } from './counting-target.ts';
import { type ArtilleryResult, runArtillery } from './run-artillery.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A run whose names are hostile, on a build server, with one threshold that holds and one that does not. */
const TEST = (target: string): string => `config:
  target: ${target}
  engine: undici
  engines: { undici: {} }
  phases:
    - name: "a|b \\e[31m<b>"
      duration: 2
      arrivalRate: 10
  plugins:
    metrics-by-endpoint:
      useOnlyRequestNames: true
    verdict:
      validity: { enforce: false } # the machine may have other work to do
      thresholds:
        - 'p95 of "x|y \`</code>\` @team #1" < 1 ms'
        - 'error rate < 100 %'
  ensure:
    maxErrorRate: 100
scenarios:
  - name: "journey\\n::error::forged"
    flow:
      - get: { url: /, name: 'x|y \`</code>\` @team #1' }
  - name: "journey|<two>"
    flow:
      - get: { url: 'http://127.0.0.1:1/', name: "=cmd()\\e]0;title\\a" }
`;

let folder: string;
let target: CountingTarget;
let result: ArtilleryResult;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  target = await startCountingTarget(() => ({ delayMs: 5 }));
  writeFileSync(join(folder, 'test.yml'), TEST(target.url));
  writeFileSync(join(folder, 'step.md'), 'An earlier step.\n');
  const env = { GITHUB_STEP_SUMMARY: join(folder, 'step.md'), GITHUB_ACTIONS: 'true', CI: 'true', SEED: '7' };
  result = await runArtillery(['test.yml'], { cwd: folder, env });
});
afterAll(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

const file = (name: string): string => readFileSync(join(folder, 'reports/latest', name), 'utf8');

test('the run fails by its threshold, and the terminal gets no control character and no forged command', () => {
  expect(result.stdout).toMatch(/^Verdict: FAILED \(p95 of "x\|y `<\/code>` @team #1" < 1 ms is broken: observed/m);
  expect(result.exitCode).toBe(1);
  expect(`${result.stdout}${result.stderr}`.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  expect(`${result.stdout}${result.stderr}`).not.toMatch(/^::/m);
});

describe('summary.md', () => {
  test('stands once in the summary of the job, below what was there', () => {
    expect(readFileSync(join(folder, 'step.md'), 'utf8')).toBe(`An earlier step.\n${file('summary.md')}\n`);
  });

  test('says verdict, thresholds and endpoints, and where the report is', () => {
    const summary = file('summary.md');
    expect(summary).toMatch(/^### ❌ test\.yml: failed$/m);
    expect(summary).toMatch(
      /^\| ❌ broken \| <code>p95 of "x&#124;y &#96;&#60;\/code&#62;&#96; @<!-- -->team #<!-- -->1"<\/code> \| .* ms \| &#60; 1 ms \| .* % over \|$/m,
    );
    expect(summary).toMatch(/^\| ✅ \| <code>error rate<\/code> \| [\d.]+ % \| &#60; 100 % \|/m);
    expect(summary).toMatch(/^\| <code>x&#124;y .*<\/code> \| \d+ \| 0 \| 0 \| 0 \|/m);
    expect(summary).toMatch(
      /^- \d+ × <code>ECONNREFUSED<\/code>, for example <code>=cmd\(\)<\/code>: <code>connect ECONNREFUSED 127\.0\.0\.1:1<\/code>$/m,
    );
    expect(summary).toMatch(/^Report: <code>reports\/.*\/report\.html<\/code>/m);
    expect(summary.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

test('junit.xml fits the schema, with a case for the run and one per threshold', async () => {
  const contents = file('junit.xml');
  const schema = readFileSync(fromRoot('test/fixtures/junit/junit.xsd'), 'utf8');
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [schema] });
  expect(errors).toEqual([]);
  expect(contents).toMatch(/<testsuite name="test.yml" tests="4" failures="1" errors="0" skipped="0"/);
  expect(contents).toMatch(
    /<failure message="p95 of &quot;x\|y .*: observed .* ms, must be &lt; 1 ms .*" type="threshold"/,
  );
});

test('run.json fits the published schema, and metrics.csv holds one row per metric whatever it is called', () => {
  const fits = new Ajv2020().compile(JSON.parse(readFileSync(fromRoot('schema/run.schema.json'), 'utf8')) as object);
  fits(JSON.parse(file('run.json')));
  expect(fits.errors ?? []).toEqual([]);
  const quoted = /"(?:[^"]|"")*"|[^,\r\n]*/y.source;
  const row = new RegExp(`^(?:(?:${quoted})(?:,|$)){14}$`);
  for (const line of file('metrics.csv').trimEnd().split('\r\n')) expect(line).toMatch(row);
});

describe('for other programs', () => {
  const command = (...parameters: string[]): { status: number | null; json: unknown } => {
    const bin = fromRoot('node_modules/.bin/proving-ground');
    const { status, stdout } = spawnSync(process.execPath, [bin, ...parameters], { cwd: folder, encoding: 'utf8' });
    return { status, json: JSON.parse(stdout) };
  };

  test('verdict, plan and check print JSON', () => {
    expect(command('verdict', 'reports/latest', '--format', 'json')).toMatchObject({
      status: 1,
      json: { verdict: { outcome: 'failed' } },
    });
    expect(command('plan', 'test.yml', '--format', 'json')).toMatchObject({ status: 0, json: { durationMs: 2_000 } });
    expect(command('plan', 'test.yml', '--json').json).toEqual(command('plan', 'test.yml', '--format', 'json').json);
    expect(command('check', 'test.yml', '--format', 'json').json).toBeInstanceOf(Object);
  });
});
