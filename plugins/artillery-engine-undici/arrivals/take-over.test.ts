import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BroadcastChannel } from 'node:worker_threads';
import { turnChannel, turnVariables } from 'proving-ground/workload/schedule/index.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Arrivals, takeOverArrivals } from './take-over.ts';
import { createSteppedAlarm, type SteppedAlarm } from './testing/stepped-alarm.ts';

// Artillery's own phaser, picker and CSV readers, put together as its runner does (lib/core/runner.ts).
interface Emitter {
  on(event: string, listener: (phase: Phase) => void): unknown;
  emit(event: string, phase?: Phase): unknown;
}
type Phase = Readonly<Record<string, unknown>>;
type Reader = (rows: readonly unknown[]) => unknown;

const artillery = dirname(createRequire(import.meta.url).resolve('artillery/package.json'));
async function core<T>(name: string): Promise<T> {
  const module = (await import(pathToFileURL(join(artillery, `dist/lib/core/${name}.js`)).href)) as { default: T };
  return module.default;
}
const createPhaser = await core<(phases: unknown[]) => Emitter & { run(): void }>('phases');
const createPicker = await core<(list: unknown[]) => () => [number, unknown]>('weighted-pick');
const createReader = await core<(order?: string, spec?: object) => Reader>('readers');

interface Script {
  readonly config: {
    readonly phases: unknown[];
    readonly payload?: { order?: string; data: unknown[]; reader?: Reader }[];
  };
  readonly scenarios: { readonly name: string; weight?: unknown }[];
}

interface StartedUser {
  readonly atMs: number;
  readonly dueAt: number | undefined;
  readonly number: number | undefined;
  readonly phase: string | undefined;
  readonly journey: string;
  readonly rows: readonly unknown[];
}

interface Run {
  readonly arrivals: Arrivals;
  readonly users: StartedUser[];
  /** Names of events and phases, in order. */
  readonly events: string[];
  skipped: number;
  /** Users that are at work. */
  present: number;
}

let alarm: SteppedAlarm;
let seed: string | undefined;
beforeEach(() => {
  seed = process.env.SEED;
  process.env.SEED = 'tests';
  alarm = createSteppedAlarm();
  vi.spyOn(performance, 'now').mockImplementation(() => alarm.now());
});
afterEach(() => {
  vi.restoreAllMocks();
  if (seed === undefined) delete process.env.SEED;
  else process.env.SEED = seed;
});

function startRun({ config, scenarios }: Script): Run {
  const payload = config.payload?.map((table) => ({ ...table, reader: createReader(table.order, table) })) ?? [];
  const script = { config: { ...config, payload }, scenarios };
  const runner = createPhaser([]);
  const arrivals = takeOverArrivals(script, runner, alarm);
  const run: Run = { arrivals, users: [], events: [], skipped: 0, present: 0 };
  let pick: (() => [number, unknown]) | undefined;
  const phaser = createPhaser(script.config.phases);
  phaser.on('arrival', ({ maxVusers }) => {
    if (run.present >= Number(maxVusers)) {
      run.skipped += 1;
      return;
    }
    pick ??= createPicker(scenarios.map((scenario) => ({ weight: scenario.weight ?? 1 })));
    const [index] = pick();
    const { dueAt, number } = arrivals.current() ?? {};
    const rows = payload.map(({ reader, data }) => reader(data));
    run.present += 1;
    run.users.push({
      atMs: alarm.now(),
      dueAt,
      number,
      phase: arrivals.phaseNameAt(dueAt ?? 0),
      journey: scenarios[index]?.name ?? '',
      rows,
    });
  });
  for (const event of ['phaseStarted', 'phaseCompleted', 'done'])
    phaser.on(event, (phase) => void run.events.push(phase === undefined ? event : `${event} ${String(phase.name)}`));
  phaser.run();
  return run;
}

const scenarios = (): Script['scenarios'] => [{ name: 'A', weight: 3 }, { name: 'B' }];

/** The alarm is asked to ring once before anything begins. */
const FIRST_RING = 1;

test('starts users at their times, in the phases that Artillery tells of', () => {
  const phases = [{ name: 'Calm', duration: 2, arrivalRate: 2 }, { pause: 1 }, { duration: 1, arrivalCount: 1 }];
  const run = startRun({ config: { phases }, scenarios: scenarios() });
  alarm.runUntil(10_000);
  expect(run.users.map(({ atMs, dueAt, number, phase }) => [atMs, dueAt, number, phase])).toEqual(
    [
      [250, 0, 'Calm'],
      [750, 1, 'Calm'],
      [1250, 2, 'Calm'],
      [1750, 3, 'Calm'],
      [3500, 4, 'Phase 3'],
    ].map(([ms, ...rest]) => [Number(ms) + FIRST_RING, Number(ms) + FIRST_RING, ...rest]),
  );
  expect(run.events).toEqual([
    'phaseStarted Calm',
    'phaseCompleted Calm',
    'phaseStarted undefined',
    'phaseCompleted undefined',
    'phaseStarted undefined',
    'phaseCompleted undefined',
    'done',
  ]);
});

test('shares the time with another generator: users come in its turns only, and phases end with one', async () => {
  const plan = { turnMs: 500, restMs: 100, isSecond: true };
  Object.assign(process.env, turnVariables(plan));
  const phases = [{ name: 'Calm', duration: 2, arrivalRate: 2 }];
  const run = startRun({ config: { phases }, scenarios: scenarios() });
  for (const name of Object.keys(turnVariables(plan))) delete process.env[name];
  alarm.runUntil(100);
  expect(run.events).toEqual([]);
  const channel = new BroadcastChannel(turnChannel('outside Artillery'));
  channel.postMessage(performance.timeOrigin + 1_000);
  channel.close();
  // Until the message has come.
  while (alarm.next() === undefined) await new Promise((resolve) => setImmediate(resolve));
  alarm.runUntil(20_000);
  // Turns of its own begin 600 ms after those of the other.
  const turns = [1_600, 2_800, 4_000, 5_200];
  expect(run.users.map(({ dueAt }) => Math.round(dueAt ?? 0))).toEqual(turns.map((at) => at + 250));
  expect(run.users.map(({ atMs, dueAt }) => atMs - (dueAt ?? 0))).toEqual([0, 0, 0, 0]);
  expect(run.arrivals.phaseNameAt(5_699)).toBe('Calm');
  expect(run.arrivals.phaseNameAt(5_701)).toBeUndefined();
});

test('knows which phase was under way, also when another has begun since', () => {
  const phases = [
    { name: 'First', duration: 2, arrivalRate: 1 },
    { duration: 2, arrivalRate: 1 },
  ];
  const { arrivals, users } = startRun({ config: { phases }, scenarios: scenarios() });
  alarm.runUntil(20_000);
  const startAt = (users[0]?.dueAt ?? 0) - 500;
  const names = [-1, 0, 1_999, 2_000, 3_999, 4_000].map((ms) => arrivals.phaseNameAt(startAt + ms));
  expect(names).toEqual([undefined, 'First', 'First', 'Phase 2', 'Phase 2', undefined]);
});

test('gives the events of a phase what Artillery gives them, and adds no key of its own', () => {
  const phases = [{ name: 'Calm', duration: '1500ms', arrivalRate: 2 }];
  startRun({ config: { phases }, scenarios: scenarios() });
  alarm.runUntil(5000);
  expect(phases[0]).toEqual({
    name: 'Calm',
    duration: 1.5,
    arrivalRate: 2,
    index: 0,
    mode: 'uniform',
    id: expect.any(String),
    startTime: expect.any(Number),
    endTime: expect.any(Number),
  });
});

test('loses nobody when the event loop is busy, and tells the end of a phase after its last user', () => {
  const phases = [
    { name: 'One', duration: 1, arrivalRate: 5 },
    { name: 'Two', duration: 1, arrivalRate: 5 },
  ];
  const run = startRun({ config: { phases }, scenarios: scenarios() });
  alarm.runUntil(150);
  alarm.oversleep(1500);
  alarm.runUntil(1500);
  expect(run.users).toHaveLength(7);
  expect(run.users.map(({ phase }) => phase)).toEqual([...Array<string>(5).fill('One'), 'Two', 'Two']);
  expect(run.users.at(-1)).toMatchObject({ atMs: 1500, dueAt: 1300 + FIRST_RING });
  expect(run.events).toEqual(['phaseStarted One', 'phaseCompleted One', 'phaseStarted Two']);
  // What comes after is on time again.
  alarm.runUntil(5000);
  expect(run.users.at(-1)?.atMs).toBe(1900 + FIRST_RING);
});

test('draws journeys by weight, and in a phase with a mix by that', () => {
  const phases = [
    { duration: 100, arrivalRate: 20 },
    { duration: 100, arrivalRate: 20, mix: { A: 10, B: 90 } },
  ];
  const run = startRun({ config: { phases }, scenarios: scenarios() });
  alarm.runUntil(300_000);
  const shareOfA = (phase: string): number => {
    const users = run.users.filter((user) => user.phase === phase);
    return users.filter(({ journey }) => journey === 'A').length / users.length;
  };
  // Four standard deviations of 2,000 draws.
  expect(Math.abs(shareOfA('Phase 1') - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / 2000));
  expect(Math.abs(shareOfA('Phase 2') - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / 2000));
});

test('repeats journeys and random rows with the seed', () => {
  const rows = Array.from({ length: 50 }, (_, index) => [index]);
  const drawn = (chosen: string): unknown[] => {
    process.env.SEED = chosen;
    alarm = createSteppedAlarm();
    const run = startRun({
      config: { phases: [{ duration: 10, arrivalRate: 5 }], payload: [{ data: rows }] },
      scenarios: scenarios(),
    });
    alarm.runUntil(20_000);
    return run.users.map(({ journey, rows: [row] }) => [journey, row]);
  };
  expect(drawn('a')).toEqual(drawn('a'));
  expect(drawn('a')).not.toEqual(drawn('b'));
});

test('reads each row of a CSV file in sequence once before it begins again', () => {
  const rows = Array.from({ length: 7 }, (_, index) => [index]);
  const phases = [
    { duration: 5, arrivalRate: 1 },
    { duration: 5, arrivalRate: 1 },
  ];
  const run = startRun({ config: { phases, payload: [{ order: 'sequence', data: rows }] }, scenarios: scenarios() });
  alarm.runUntil(20_000);
  expect(run.users.map((user) => user.rows)).toEqual([0, 1, 2, 3, 4, 5, 6, 0, 1, 2].map((row) => [[row]]));
});

test('leaves it to Artillery to turn users away above maxVusers', () => {
  const run = startRun({ config: { phases: [{ duration: 5, arrivalRate: 2, maxVusers: 3 }] }, scenarios: scenarios() });
  alarm.runUntil(20_000);
  expect([run.users.length, run.skipped]).toEqual([3, 7]);
});

test('leaves draws at other times alone, and says of no arrival then', () => {
  const lodash = createRequire(join(artillery, 'package.json'))('lodash') as {
    random: (...bounds: number[]) => number;
  };
  const { random } = lodash;
  lodash.random = () => -1;
  const script = { config: { phases: [{ duration: 1, arrivalRate: 1 }] }, scenarios: scenarios() };
  const arrivals = takeOverArrivals(script, createPhaser([]), alarm);
  expect([lodash.random(0, 199), arrivals.current(), arrivals.phaseNameAt(0)]).toEqual([-1, undefined, undefined]);
  lodash.random = random;
  // The next test finds Artillery's emitters as they were.
  createPhaser([]).on('arrival', () => undefined);
});

test('lets Artillery hear of arrivals as before once it has its phaser', () => {
  const prototype = Object.getPrototypeOf(createPhaser([])) as { on: unknown };
  const { on } = prototype;
  startRun({ config: { phases: [{ duration: 1, arrivalRate: 1 }] }, scenarios: scenarios() });
  expect(prototype.on).toBe(on);
});

test('refuses a mix with an unknown journey when the run begins', () => {
  const phases = [{ duration: 1, arrivalRate: 1, mix: { C: 100 } }];
  startRun({ config: { phases }, scenarios: scenarios() });
  expect(() => alarm.runUntil(10)).toThrow('the mix names "C", which is no journey of this test');
});
