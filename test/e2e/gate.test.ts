import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseGateRecord } from '../../src/gate/regression/index.ts';
import { readSamples } from '../../src/record/samples/index.ts';

const COMMAND = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** A small service whose search takes processor time. */
const service = (searchMs: number): string => `
const { createServer } = require('node:http');
const work = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
createServer((request, response) => {
  if (request.url.startsWith('/search')) work(${searchMs});
  response.end('{}');
}).listen(process.env.PORT, '127.0.0.1');
`;

// Whether this machine keeps up is not what these tests ask: they must hold while it does other work.
const TEST = `config:
  target: http://127.0.0.1:3000
  engine: undici
  engines:
    undici: {}
  phases:
    - name: Steady
      duration: 30
      arrivalRate: 40
  plugins:
    verdict:
      validity:
        enforce: false
      regression:
        start: node service.js
        maxLateness: 10000
        margins:
          - p50 of "Search" at most 50 % slower
          - throughput at most 50 % less
scenarios:
  - name: Look
    flow:
      - get:
          url: /search
          name: Search
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-e2e-'));
  git('init', '--quiet');
  writeFileSync(join(folder, 'test.yml'), TEST);
  writeFileSync(join(folder, '.gitignore'), 'reports/\nbin/\n');
  commit(2, 'Search');
});
afterEach(() => rmSync(folder, { recursive: true }));

function git(...parameters: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...identity, ...parameters], { cwd: folder, encoding: 'utf8' });
}

function commit(searchMs: number, message: string): void {
  writeFileSync(join(folder, 'service.js'), service(searchMs));
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', message);
}

function startGate(...parameters: readonly string[]) {
  return start('test.yml', '--block', '1', '--warm-up', '0', ...parameters);
}

function start(...words: readonly string[]) {
  const child = spawn(process.execPath, [COMMAND, 'gate', ...words], {
    cwd: folder,
    // Programs of the test go first.
    env: { ...process.env, NO_COLOR: '1', PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: Number(exitCode), ...output }));
  return { child, output, ended };
}

function latestGate() {
  return parseGateRecord(JSON.parse(readFileSync(join(folder, 'reports/latest-gate/gate.json'), 'utf8')));
}

/** Neither a worktree nor a temporary folder is left. */
function expectNothingLeft(): void {
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  expect(git('status', '--porcelain')).toBe('');
}

test('a branch that makes search slower is stopped, with the evidence', async () => {
  git('checkout', '--quiet', '-b', 'slower');
  commit(12, 'Search better');
  const { exitCode, stdout, stderr } = await startGate('--baseline', 'HEAD~1', '--candidate', 'slower', '--pairs', '6')
    .ended;
  expect({ exitCode, stderr: exitCode === 3 ? '' : stderr + stdout }).toEqual({ exitCode: 3, stderr: '' });
  expect(stdout).toMatch(/Verdict: REGRESSED: p50 of Search changed by \+\d/);
  const record = latestGate();
  expect(record.candidate.commit).toBe(git('rev-parse', 'slower').trim());
  expect(
    record.rows.find(({ target, metric }) => target.name === 'Search' && metric === 'p50')?.change,
  ).toBeGreaterThan(0.5);
  expect(readdirSync(join(folder, 'reports/latest-gate')).toSorted()).toEqual([
    'gate.json',
    'junit.xml',
    'report.html',
    'summary.md',
  ]);
  expectNothingLeft();
}, 300_000);

test('a version that changes nothing of it is not, nor when Ctrl-C leaves only the pairs that are whole', async () => {
  const words = ['--baseline', 'command:node service.js', '--candidate', 'HEAD', '--keep-blocks'];
  const { child, output, ended } = startGate(...words);
  while (!/^Pair 6 /m.test(output.stderr) && child.exitCode === null) await delay(100);
  child.kill('SIGINT');
  expect((await ended).exitCode).toBe(130);
  const { answer, exitCode, reason, pairs, health } = latestGate();
  expect([answer, exitCode]).toEqual(['inconclusive', 130]);
  expect(reason).toMatch(/^it was interrupted after [67] pairs/);
  expect([pairs.length >= 6, health.pairs]).toEqual([true, pairs.length]);

  const blocks = join(folder, 'reports/latest-gate/blocks');
  expect(readdirSync(blocks).length).toBeGreaterThanOrEqual(12);
  const [run = ''] = readdirSync(join(blocks, '6-candidate'));
  const kept = readdirSync(join(blocks, '6-candidate', run)).toSorted();
  expect(kept.filter((file) => !file.endsWith('.csv'))).toEqual(['run.json', 'samples.arrow']);
  expectTurns(join(blocks, '6-baseline'), join(blocks, '6-candidate'));
  expectNothingLeft();

  // As if it had been over by then.
  const again = await start('--rejudge', 'reports/latest-gate').ended;
  expect([0, 5]).toContain(again.exitCode);
  expect(again.stdout).toMatch(/Verdict: (UNCHANGED|INCONCLUSIVE|IMPROVED)/);
}, 300_000);

test('a side that is not there any more ends the gate at once, and the other one with it', async () => {
  // It starts when that is tried, and never again.
  const dying = 'command:test ! -e tried && touch tried && exec node service.js';
  const { exitCode, stderr } = await startGate('--baseline', 'command:node service.js', '--candidate', dying).ended;
  rmSync(join(folder, 'tried'));
  expect(stderr).toMatch(/^error: "test ! -e tried .*" ended with 1$/m);
  expect(exitCode).toBe(2);
  expectNothingLeft();
}, 60_000);

/** Both sides of a pair sent the same number of requests, and never both at a time. */
function expectTurns(...sides: readonly [string, string]): void {
  const due = sides.map((side) => {
    const [run = ''] = readdirSync(side);
    return [...readSamples(join(side, run, 'samples.arrow'), ['due']).due];
  });
  expect(due[0]?.length).toBe(40);
  expect(due[1]?.length).toBe(40);
  const ordered = due.flatMap((times, side) => times.map((at) => ({ at, side }))).toSorted((a, b) => a.at - b.at);
  const changes = ordered.flatMap(({ at, side }, index) => {
    const before = ordered[index - 1];
    return before === undefined || before.side === side ? [] : [at - before.at];
  });
  // A block of one second is a turn.
  expect(changes).toHaveLength(1);
  expect(Math.min(...changes)).toBeGreaterThan(200);
}

/** A gate that installs a version for some seconds. */
async function gateThatInstalls(seconds: number): Promise<ReturnType<typeof startGate>> {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/npm'), `#!/bin/sh\nexec sleep ${seconds}\n`, { mode: 0o755 });
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  commit(2, 'Lock');
  const gate = startGate('--baseline', 'HEAD', '--candidate', 'HEAD');
  while (!gate.output.stderr.includes('Installing what HEAD needs') && gate.child.exitCode === null) await delay(20);
  return gate;
}

test('what a gate that was killed has left behind is taken away by the next one', async () => {
  const { child, ended } = await gateThatInstalls(2);
  child.kill('SIGKILL');
  await ended;
  const [, left = ''] = git('worktree', 'list', '--porcelain').match(/^worktree (.*gate-.{6})\/checkout$/m) ?? [];
  expect(existsSync(left)).toBe(true);
  const missing = 'command:node missing.js';
  expect((await startGate('--baseline', missing, '--candidate', missing).ended).exitCode).toBe(2);
  expect(existsSync(left)).toBe(false);
  expectNothingLeft();
});

test('Ctrl-C while a version is installed takes away what was checked out', async () => {
  const { child, ended } = await gateThatInstalls(60);
  child.kill('SIGINT');
  const { exitCode, stderr } = await ended;
  expect(stderr).toMatch(/^error: nothing was measured yet$/m);
  expect(exitCode).toBe(130);
  expectNothingLeft();
});

test.each([
  [['--candidate', 'HEAD'], /--baseline is missing/],
  [['--baseline', 'no-such-branch', '--candidate', 'HEAD'], /"no-such-branch" cannot be checked out as a git ref here/],
  [['--baseline', 'http://192.0.2.1', '--candidate', 'HEAD'], /192\.0\.2\.1 may not be loaded/],
  [
    ['--baseline', 'http://127.0.0.1:9', '--candidate', 'HEAD'],
    /nothing answers at http:\/\/127\.0\.0\.1:9\/ with HTTP/,
  ],
  [['--baseline', 'node missing.js', '--candidate', 'HEAD'], /"node missing.js" ended with 1\n {2}It printed last:/],
  [['--baseline', 'HEAD', '--candidate', 'HEAD', '--margin', 'p95 < 3'], /--margin: "p95 < 3" is not a margin/],
  [
    ['--baseline', 'HEAD', '--candidate', 'HEAD', '--margin', 'p50 of "Serch" at most 5 % slower'],
    /--margin: the test has no request called "Serch"\n {2}Did you mean "Search"\?/,
  ],
])('%j is refused before anything is loaded', async (parameters, message) => {
  const { exitCode, stderr } = await startGate(...parameters).ended;
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n {4}at /);
  expect(exitCode).toBe(2);
  expectNothingLeft();
});
