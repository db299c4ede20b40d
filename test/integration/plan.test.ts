import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRun } from '../../src/record/index.ts';
import type { Plan } from '../../src/workload/plan/index.ts';
import { type CountingTarget, startCountingTarget } from '../e2e/counting-target.ts';
import { runArtillery } from '../e2e/run-artillery.ts';
import { type CommandResult, runCommand } from './run-command.ts';

// What `proving-ground plan` says before a run against what Artillery then does: users as Artillery counts them, requests as
// the target does. Chance moves requests where journeys and probabilities are drawn; each test is so large that the 3 % are
// at least four and a half standard deviations (7 runs in a million would fail by chance), which is asserted as well.

const MOST_USERS_OFF = 0.01;
const MOST_REQUESTS_OFF = 0.03;
const DEVIATIONS = 4.5;

let folder: string;
let target: CountingTarget;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plan-'));
  target = await startCountingTarget();
});
afterEach(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function testFile(phases: string, scenarios: string): string {
  return `config:\n  target: ${target.url}\n  plugins:\n    verdict:\n      validity:\n        enforce: false\n  phases:\n${phases}scenarios:\n${scenarios}`;
}

function command(...parameters: readonly string[]): Promise<CommandResult> {
  return runCommand(folder, ['plan', ...parameters]);
}

async function planOf(...parameters: readonly string[]): Promise<Plan> {
  const { stdout, stderr } = await command('test.yml', '--json', ...parameters);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Plan;
}

interface Reality {
  readonly users: number;
  readonly skipped: number;
  readonly requests: number;
}

async function run(env: Readonly<Record<string, string>> = {}): Promise<Reality> {
  const { exitCode, stdout, stderr } = await runArtillery(['test.yml'], { cwd: folder, env });
  expect({ exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, output: '' });
  const { counters } = readRun(join(folder, 'reports/latest')).metrics;
  const { 'vusers.created': users = 0, 'vusers.skipped': skipped = 0 } = counters;
  return { users, skipped, requests: target.total() };
}

function errorOf(planned: number, real: number): number {
  return Math.abs(planned - real) / real;
}

function expectClose(name: string, plan: Plan, reality: Reality): void {
  const users = errorOf(plan.users.started, reality.users);
  const requests = errorOf(plan.requests.expected, reality.requests);
  const [usersOff, requestsOff] = [users, requests].map((error) => `${(error * 100).toFixed(2)} %`);
  console.log(
    `${name}: ${reality.users} users, plan off by ${usersOff}; ${reality.requests} requests, plan off by ${requestsOff}`,
  );
  expect(plan.requests.deviation * DEVIATIONS).toBeLessThanOrEqual(plan.requests.expected * MOST_REQUESTS_OFF);
  expect(users).toBeLessThanOrEqual(MOST_USERS_OFF);
  expect(requests).toBeLessThanOrEqual(MOST_REQUESTS_OFF);
  expect(reality.skipped).toBeCloseTo(plan.users.skipped, -1);
}

test('a constant rate: users and requests are exact', async () => {
  const phases = '    - duration: 5\n      arrivalRate: 47\n';
  const scenarios =
    '  - flow:\n      - get:\n          url: /a\n      - think: "200ms"\n      - get:\n          url: /b\n';
  write({ 'test.yml': testFile(phases, scenarios) });
  const plan = await planOf();
  const reality = await run();
  expectClose('constant rate', plan, reality);
  expect(reality.users).toBe(plan.users.started);
  expect(plan.endpoints.map(({ endpoint, expected }) => [endpoint, expected])).toEqual([
    ['GET /a', target.requests.get('/a')],
    ['GET /b', target.requests.get('/b')],
  ]);
});

const RAMPS = `    - name: Morning
      duration: 10
      arrivalRate: 0.5
      rampTo: 99.5
    - name: Evening
      duration: 5
      arrivalRate: 60.4
      rampTo: 20.2
`;

const JOURNEYS = `  - flow:
      - include: journeys/browse.yml
  - name: Search
    weight: 2
    flow:
      - loop:
          - get:
              url: "/search/{{ $loopElement }}"
              name: Search
        over: [a, b, c, d, e, f, g]
`;

const BROWSE = `name: Browse
weight: 3
flow:
  - get:
      url: /browse
  - loop:
      - get:
          url: /page
          probability: 60
    count: 10
`;

/** Artillery takes its number of workers from the processors; this makes it see four. */
const FOUR_PROCESSORS = `import os from 'node:os';\nconst [one] = os.cpus();\nos.cpus = () => [one, one, one, one];\n`;

test('ramps with fractional rates on three workers, weights, loops, a probability and an include', async () => {
  write({ 'test.yml': testFile(RAMPS, JOURNEYS), 'journeys/browse.yml': BROWSE, 'four.mjs': FOUR_PROCESSORS });
  const plan = await planOf('--workers', '3');
  const reality = await run({ NODE_OPTIONS: `--import=${join(folder, 'four.mjs')}` });
  expectClose('ramps', plan, reality);
  expect(reality.users).toBe(plan.users.started);
  const sent = new Map([...target.requests].map(([path, count]) => [`GET ${path}`, count]));
  const searches = [...target.requests].filter(([path]) => path.startsWith('/search/'));
  sent.set(
    'Search',
    searches.reduce((sum, [, count]) => sum + count, 0),
  );
  for (const { endpoint, expected, deviation } of plan.endpoints) {
    expect(Math.abs(expected - (sent.get(endpoint) ?? 0))).toBeLessThanOrEqual(DEVIATIONS * deviation);
  }
});

const CAPPED = `    - duration: 7
      arrivalCount: 1400
      maxVusers: 10
    - pause: 1
    - duration: 3
      arrivalRate: 20
      maxVusers: 100
`;

const TWO_SECONDS = `  - flow:
      - get:
          url: /a
      - think: 2
      - get:
          url: /b
`;

const ONE_SECOND = `  - flow:
      - get:
          url: /a
      - think: 1
      - get:
          url: /b
`;

test('a number of users, a pause, and more users than may be at work', async () => {
  write({ 'test.yml': testFile(CAPPED, TWO_SECONDS) });
  const plan = await planOf('--response-time', '5 ms');
  const reality = await run();
  expectClose('capped', plan, reality);
  // Ten come in within 50 ms, stay for two seconds while the others are turned away, and the next ten follow: the fourth ten
  // begin a second before the phase ends, so that a machine with other work may be a third of a second late each time.
  expect(plan.phases.map(({ users }) => users.started)).toEqual([40, 0, 60]);
  expect(plan.concurrency.peak).toBeLessThanOrEqual(41);

  const learned = await planOf('--baseline', 'reports/latest');
  expect(learned.measured?.run).toBe('reports/latest');
  expect(learned.session.source).toBe('measured');
  expect(errorOf(2010, learned.session.meanMs)).toBeLessThan(0.1);
});

describe('the command', () => {
  const ENVIRONMENT = '  environments:\n    smoke:\n      phases:\n        - duration: 5\n';
  beforeEach(() => {
    const phases = '    - name: Peak\n      duration: 60\n      arrivalRate: 2\n';
    write({ 'test.yml': testFile(phases, ONE_SECOND).replace('scenarios:', `${ENVIRONMENT}scenarios:`) });
  });

  test('prints the plan without colour when it is piped, and sends nothing', async () => {
    const { status, stdout, stderr } = await command('test.yml', '-e', 'smoke');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('5 s of load');
    expect(stdout).toContain('1 Peak  0:00 to 0:05\n    For 5 s, new users arrive 2 times a second; 10 in all.');
    expect(stdout).not.toContain('\u001b');
    expect(target.total()).toBe(0);
  });

  test.each([
    ['plan.svg', /^<\?xml/],
    ['plan.html', /^<!doctype html>/],
  ])('writes %s beside what it prints', async (file, start) => {
    const { stdout, stderr } = await command('test.yml', '--json', '--output', file);
    expect(stderr).toBe(`Wrote ${file}\n`);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'proving-ground/plan', version: 1 });
    expect(readFileSync(join(folder, file), 'utf8')).toMatch(start);
  });

  test('keeps the password of a target to itself', async () => {
    const { stdout } = await command('test.yml', '--target', 'http://ann:secret@127.0.0.1:1/');
    expect(stdout).toContain('against http://[redacted]@127.0.0.1:1/');
    expect(stdout).not.toContain('secret');
  });

  test.each<[string, string[], number, RegExp]>([
    [
      'an unknown environment',
      ['-e', 'smok'],
      2,
      /^error: test\.yml:\d+:\d+ test\.yml has no environment "smok"\n {2}It has smoke\./,
    ],
    [
      'a file that is neither',
      ['--output', 'plan.png'],
      2,
      /^error: --output plan\.png ends neither in \.svg nor in \.html\n/,
    ],
    [
      'a folder that is missing',
      ['--output', 'gone/plan.svg'],
      70,
      /^error: gone\/plan\.svg cannot be written \(ENOENT\)\n/,
    ],
    [
      'no number of workers',
      ['--workers', '0'],
      2,
      /^error: --workers is "0"; it must be a whole number from 1 to 1024\n/,
    ],
    [
      'no length of time',
      ['--session-length', 'long'],
      2,
      /^error: --session-length is "long", which is no length of time\n/,
    ],
    ['a run that is missing', ['--baseline', 'gone'], 2, /^error: gone cannot be read\n/],
  ])('refuses %s', async (_, parameters, code, message) => {
    const { status, stderr } = await command('test.yml', ...parameters);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(status).toBe(code);
  });

  test('refuses a file that is missing', async () => {
    const { status, stderr } = await command('gone.yml');
    expect(stderr).toMatch(/^error: gone\.yml cannot be read \(ENOENT\)\n/);
    expect(status).toBe(2);
  });
});
