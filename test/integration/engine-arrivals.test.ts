import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRun } from '../../src/record/index.ts';
import { arrivalPhase, type ScheduledArrival, scheduleOf } from '../../src/workload/schedule/index.ts';
import { type ArtilleryResult, runArtillery } from '../e2e/run-artillery.ts';
import type { RecordedUser } from './arrivals/recorded-user.ts';

// Artillery itself, with an engine that sends nothing and writes down who arrives when (test/integration/arrivals), held
// against the schedule that is computed without it.

const ENGINES = join(dirname(fileURLToPath(import.meta.url)), 'arrivals');
const SEED = '7';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-arrivals-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Run extends ArtilleryResult {
  /** In the order of their numbers. */
  readonly users: readonly RecordedUser[];
  /** In which it ran: its test, and `reports`. */
  readonly cwd: string;
}

/** Artillery takes its number of workers from the processors. */
function processors(count: number, cwd: string): Record<string, string> {
  const file = join(cwd, 'processors.cjs');
  writeFileSync(
    file,
    `const os = require('node:os'); const [one] = os.cpus(); os.cpus = () => Array(${count}).fill(one);`,
  );
  return { NODE_OPTIONS: `--require ${file}` };
}

async function run(test: object, { workers = 1, args = [] as string[], seed = SEED } = {}): Promise<Run> {
  const cwd = mkdtempSync(join(folder, 'run-'));
  const users = join(cwd, 'users.jsonl');
  writeFileSync(users, '');
  writeFileSync(join(cwd, 'test.yml'), JSON.stringify(test));
  const env = { ...processors(workers + 1, cwd), NODE_PATH: ENGINES, RECORDED_USERS: users, SEED: seed };
  const result = await runArtillery(['test.yml', ...args], { cwd, env });
  expect(result.stderr).toBe('');
  const lines = readFileSync(users, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const recorded = lines.map((line) => JSON.parse(line) as RecordedUser);
  return { ...result, cwd, users: recorded.toSorted((a, b) => a.number - b.number) };
}

function counter(output: string, name: string): number {
  return Number(
    output
      .match(new RegExp(`^${name}: \\.+ (\\d+)$`, 'gm'))
      ?.at(-1)
      ?.match(/\d+$/)?.[0] ?? 0,
  );
}

const CALM = { name: 'Calm', duration: 6, arrivalRate: 70, mix: { Search: 70, Report: 20, 'Sign in': 10 } };
const SLOW = { name: 'Slow ramp', duration: 12, arrivalRate: 0.2, rampTo: 0.8 };
const RANDOM = { name: 'At random', duration: 4, arrivalRate: 30, mode: 'poisson' };
const FULL = { name: 'Full house', duration: 2, arrivalRate: 10, maxVusers: 3 };
const PHASES = [CALM, SLOW, { name: 'Break', pause: '500ms' }, RANDOM, FULL];

function testOf(phases: readonly object[], more: object = {}): object {
  return {
    config: { target: 'http://127.0.0.1:1', engine: 'recorder', engines: { recorder: {} }, phases, ...more },
    scenarios: ['Search', 'Report', 'Sign in'].map((name) => ({ name, flow: [{ think: 0.4 }] })),
  };
}

function withRows(): object {
  const path = join(folder, 'rows.csv');
  writeFileSync(path, Array.from({ length: 1000 }, (_, row) => `${row}\n`).join(''));
  return {
    payload: [
      { path, fields: ['row'], order: 'sequence' },
      { path, fields: ['any'] },
    ],
  };
}

/** Who should come, and when, since the start of the test. */
function scheduled(seed: string): ScheduledArrival[] {
  const events = scheduleOf(PHASES.map(arrivalPhase), seed, { worker: 1, workers: 1 });
  return [...events].filter((event) => event.kind === 'arrival');
}

/** Of a run with every kind of phase. */
let [one, three]: (Run | undefined)[] = [];
beforeAll(async () => {
  // Both at once: they send nothing, and mostly wait.
  const test = testOf(PHASES, withRows());
  [one, three] = await Promise.all([run(test), run(test, { workers: 3 })]);
});

/** What is drawn for each user; who finds the house full is a matter of timing. */
function draws(of: Run | undefined): unknown[] {
  const users = of?.users.filter(({ phaseIndex }) => phaseIndex !== PHASES.indexOf(FULL)) ?? [];
  return users.map(({ number, journey, any }) => [number, journey, any]);
}

describe('a run with every kind of phase', () => {
  test.each([1, 3])('keeps the schedule on %i workers', (workers) => {
    const { users = [], stdout = '', exitCode } = (workers === 1 ? one : three) ?? {};
    expect(exitCode).toBe(0);
    const plan = scheduled(SEED);
    const first = users[0];
    const startMs = (first?.dueAtMs ?? 0) - (plan[0]?.dueMs ?? 0);

    // Nobody is missing but who was turned away, and each was due when planned: across workers, to 50 microseconds.
    const skipped = counter(stdout, 'vusers.skipped');
    expect([users.length + skipped, counter(stdout, 'vusers.created')]).toEqual([plan.length, users.length]);
    expect(skipped).toBeGreaterThan(0);
    for (const { number, dueAtMs, phaseIndex } of users) {
      expect(Math.abs(dueAtMs - startMs - (plan[number]?.dueMs ?? 0))).toBeLessThan(0.05);
      expect(phaseIndex).toBe(plan[number]?.phaseIndex);
    }
    expect(new Set(users.map(({ worker }) => worker)).size).toBe(workers);
    expect(users.filter(({ phaseIndex }) => phaseIndex === 4).length).toBeLessThan(20);

    // A ramp below one a second has no jumps.
    const slow = users.filter(({ phaseIndex }) => phaseIndex === 1).map(({ dueAtMs }) => dueAtMs);
    const gaps = slow.slice(1).map((time, index) => time - (slow[index] ?? 0));
    for (const [index, gap] of gaps.slice(1).entries()) expect(gap).toBeLessThan(gaps[index] ?? 0);
    expect(slow).toHaveLength(6);

    // They really came then: nobody early, and at no worker all of a third of the first phase late. On a machine that has
    // other work many are held up; a schedule that goes too slow by 1 % makes everybody of the last third late by more.
    expect(Math.min(...users.map(({ lateMs }) => lateMs))).toBeGreaterThanOrEqual(0);
    for (const worker of new Set(users.map((user) => user.worker))) {
      const calm = users.filter((user) => user.worker === worker && user.phaseIndex === 0);
      for (const part of [0, 1, 2]) {
        const lateness = calm
          .slice((part * calm.length) / 3, ((part + 1) * calm.length) / 3)
          .map(({ lateMs }) => lateMs);
        expect(Math.min(...lateness)).toBeLessThan(0.01 * 4_000);
      }
    }

    // Rows: in turn across workers and phases.
    for (const { number, row } of users) expect(row).toBe(number);

    const told = [...stdout.matchAll(/^Phase (started|completed): (.+) \(index/gm)].map(([, what, name]) => [
      what,
      name,
    ]);
    expect(told).toEqual(
      PHASES.flatMap(({ name }) => [
        ['started', name],
        ['completed', name],
      ]),
    );
    expect(users.every(({ phaseName, phaseIndex }) => phaseName === PHASES[phaseIndex]?.name)).toBe(true);
  });

  test('takes the same journeys and rows with the same seed, whatever the number of workers, in the mix of the phase', () => {
    expect(draws(one).length).toBeGreaterThan(500);
    expect(draws(three)).toEqual(draws(one));
    const { users = [], stdout = '' } = one ?? {};
    const calm = users.filter(({ phaseIndex }) => phaseIndex === 0);
    for (const [journey, percent] of Object.entries(CALM.mix)) {
      const of = (list: readonly RecordedUser[]): number => list.filter((user) => user.journey === journey).length;
      expect(counter(stdout, `vusers.created_by_name.${journey}`)).toBe(of(users));
      // Four standard deviations.
      const deviation = Math.sqrt(calm.length * (percent / 100) * (1 - percent / 100));
      expect(Math.abs(of(calm) - (calm.length * percent) / 100)).toBeLessThan(4 * deviation);
    }
  });
});

test('--scenario-name still decides for all, and another seed takes other rows', async () => {
  const phases = [{ duration: 1, arrivalCount: 40 }];
  const { users } = await run(testOf(phases, withRows()), { args: ['--scenario-name', 'Report'], seed: '8' });
  expect(users.map(({ journey }) => journey)).toEqual(Array(40).fill('Report'));
  const rows = (list: readonly RecordedUser[] = []): unknown[] => list.slice(0, 40).map(({ any }) => any);
  expect(rows(users)).not.toEqual(rows(one?.users));
});

test('goes with the verdict plugin, whose seed it takes', async () => {
  const phases = [{ duration: 1, arrivalRate: 80 }];
  const { users, cwd } = await run(testOf(phases, { plugins: { verdict: {} } }), { seed: '' });
  const { metrics, seed } = readRun(join(cwd, 'reports/latest')) as ReturnType<typeof readRun> & { seed: string };
  const again = await run(testOf(phases), { seed });
  expect(again.users.map(({ journey }) => journey)).toEqual(users.map(({ journey }) => journey));
  for (const journey of ['Search', 'Report', 'Sign in']) {
    const created = metrics.counters[`vusers.created_by_name.${journey}`] ?? 0;
    expect(created).toBe(users.filter((user) => user.journey === journey).length);
  }
});
