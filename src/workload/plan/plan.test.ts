import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTestFile } from '../test-file.ts';
import { effectiveTest } from './effective-test.ts';
import { makePlan, type PlanOptions } from './plan.ts';
import type { Plan } from './plan-types.ts';

interface Parts {
  readonly phases?: string;
  readonly config?: string;
  readonly scenarios?: string;
  readonly rest?: string;
}

const SCENARIOS = '  - flow: [{get: {url: /a}}, {think: 2}]';

function plan(
  { phases, config = '', scenarios = SCENARIOS, rest = '' }: Parts,
  options: Partial<PlanOptions> = {},
): Plan {
  const shown = phases === undefined ? '' : `  phases: ${phases}\n`;
  const text = `config:\n  target: http://127.0.0.1:1\n${shown}${config}\nscenarios:\n${scenarios}\n${rest}`;
  const test = effectiveTest(parseTestFile('t.yml', text), { env: {} });
  return makePlan(test, { workers: 1, responseMs: 0, ...options });
}

function notesOf(made: Plan): string[] {
  return made.notes.map(({ code }) => code);
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

describe('makePlan', () => {
  test('adds up phases, users and requests', () => {
    const made = plan({
      phases: '[{duration: 10, arrivalRate: 5}, {pause: 4}, {duration: 5, arrivalRate: 1, rampTo: 5}]',
    });
    expect(made.durationMs).toBe(19_000);
    expect(made.users).toEqual({ arrivals: 65, skipped: 0, started: 65, deviation: 0 });
    expect(made.requests).toEqual({ expected: 65, low: 65, high: 65, deviation: 0, once: 0 });
    expect(
      made.phases.map(({ startMs, durationMs, expectedRequests }) => [startMs, durationMs, expectedRequests]),
    ).toEqual([
      [0, 10_000, 50],
      [10_000, 4000, 0],
      [14_000, 5000, 15],
    ]);
    expect(made.peakArrivalsPerSec).toBe(5);
    expect(made.tailMs).toBe(2000);
    expect(made.concurrency.peak).toBe(10);
  });

  test('has as many users in its seconds as in its total, whatever the phases', () => {
    const phase = fc.oneof(
      fc.record({ duration: fc.integer({ min: 1, max: 30 }), arrivalRate: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ duration: fc.integer({ min: 1, max: 30 }), arrivalCount: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ duration: fc.integer({ min: 1, max: 30 }), rampTo: fc.integer({ min: 1, max: 20 }) }),
      fc.record({
        duration: fc.constant(10),
        arrivalRate: fc.constant(30),
        maxVusers: fc.integer({ min: 8, max: 40 }),
      }),
      fc.record({ pause: fc.integer({ min: 1, max: 30 }) }),
    );
    fc.assert(
      fc.property(
        fc.array(phase, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        (phases, workers) => {
          const made = plan({ phases: JSON.stringify(phases) }, { workers });
          expect(total(made.timeline.arrivalsPerSec)).toBeCloseTo(made.users.started, 6);
          expect(total(made.phases.map(({ users }) => users.started))).toBeCloseTo(made.users.started, 6);
          expect(total(made.endpoints.map(({ expected }) => expected))).toBeCloseTo(made.requests.expected, 6);
          expect(total(made.timeline.concurrency) * 1000).toBeCloseTo(made.users.started * made.session.meanMs, 3);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('doubles everything when twice as many users arrive', () => {
    const [once, twice] = [4, 8].map((rate) => plan({ phases: `[{duration: 25, arrivalRate: ${rate}}]` }));
    expect(twice?.users.started).toBe(2 * (once?.users.started ?? 0));
    expect(twice?.requests.expected).toBe(2 * (once?.requests.expected ?? 0));
    expect(twice?.concurrency.peak).toBe(2 * (once?.concurrency.peak ?? 0));
  });

  test('counts on one worker where browsers are the users, as Artillery does', () => {
    const config = '  engines: {playwright: {}}';
    expect(plan({ phases: '[{duration: 5, arrivalRate: 8}]', config }, { workers: 4 }).workers).toBe(1);
    expect(plan({ phases: '[{duration: 5, arrivalRate: 8}]' }, { workers: 4 }).workers).toBe(4);
  });

  test('has the same users on any number of workers, but for the rounding of ramps', () => {
    const phases = '[{duration: 10, arrivalRate: 12}, {duration: 9, arrivalRate: 0.3, rampTo: 7.7}]';
    const users = [1, 2, 3, 7].map((workers) => plan({ phases }, { workers }).users.started);
    for (const each of users) expect(Math.abs(each - 156)).toBeLessThanOrEqual(9);
  });

  test('spreads users by weight, and leaves out what has none', () => {
    const scenarios = `  - {name: A, weight: 3, flow: [{get: {url: /a}}]}
  - {name: B, weight: "1", flow: [{get: {url: /b}}, {get: {url: /b}}]}
  - {name: C, weight: 0.9, flow: [{get: {url: /c}}]}`;
    const made = plan({ phases: '[{duration: 10, arrivalRate: 8}]', scenarios });
    expect(made.journeys.map(({ name, share, users }) => [name, share, users])).toEqual([
      ['A', 0.75, 60],
      ['B', 0.25, 20],
      ['C', 0, 0],
    ]);
    expect(made.endpoints.map(({ endpoint, expected }) => [endpoint, expected])).toEqual([
      ['GET /a', 60],
      ['GET /b', 40],
      ['GET /c', 0],
    ]);
    expect(made.requests.deviation).toBeCloseTo(Math.sqrt(80 * 0.75 * 0.25), 10);
    expect(notesOf(made)).toEqual(['journey-never']);
  });

  test('refuses a test in which no journey can be chosen', () => {
    expect(() => plan({ scenarios: '  - {weight: 0, flow: []}' })).toThrow(
      /t\.yml: no scenario has a weight of 1 or more/,
    );
  });

  const MIX = '[{duration: 10, arrivalRate: 10}, {duration: 10, arrivalRate: 10, mix: {B: 30, A: 10}}]';
  const TWO = '  - {name: A, flow: [{get: {url: /a}}]}\n  - {name: B, flow: [{get: {url: /b}}]}';

  test('honours the mix of a phase under the engine that does', () => {
    const made = plan({ phases: MIX, scenarios: TWO, config: '  engine: undici' });
    expect(made.journeys.map(({ users }) => users)).toEqual([75, 125]);
    expect(made.phases.map(({ mix }) => mix)).toEqual([undefined, { B: 0.75, A: 0.25 }]);
    expect(notesOf(made)).toEqual([]);
  });

  test('says that Artillery itself ignores a mix', () => {
    const made = plan({ phases: MIX, scenarios: TWO });
    expect(made.journeys.map(({ users }) => users)).toEqual([100, 100]);
    expect(notesOf(made)).toEqual(['mix-ignored']);
  });

  test('refuses a mix that names no journey, with its place and the names there are', () => {
    const attempt = (): Plan =>
      plan({ phases: MIX.replace('B: 30', 'Bee: 30'), scenarios: TWO, config: '  engine: undici' });
    expect(attempt).toThrow(/^t\.yml:3:\d+ the mix names "Bee", which is no journey of this test$/);
  });

  test('counts what runs once before and after apart', () => {
    const rest = 'before: {flow: [{post: {url: /login}}]}\nafter: {flow: [{loop: [{get: {url: /clean}}], count: 2}]}';
    const made = plan({ phases: '[{duration: 1, arrivalRate: 1}]', rest });
    expect([made.requests.expected, made.requests.once]).toEqual([1, 3]);
  });

  test('turns users away above maxVusers', () => {
    const made = plan({ phases: '[{duration: 10, arrivalRate: 10, maxVusers: 5}]' });
    expect(made.users).toMatchObject({ arrivals: 100, skipped: 75, started: 25 });
    expect(made.requests.expected).toBe(25);
    expect(made.concurrency.peak).toBeLessThanOrEqual(5);
  });

  test('expects as many users of a random process as its rate says, give or take', () => {
    const made = plan({ phases: '[{duration: 100, arrivalRate: 4, mode: poisson}]' });
    expect(made.users).toEqual({ arrivals: 400, skipped: 0, started: 400, deviation: 20 });
    expect(made.phases[0]?.isRandom).toBe(true);
    expect(made.requests.deviation).toBe(20);
  });

  test('uses fewer, wider intervals for a long test', () => {
    const { timeline } = plan({ phases: '[{duration: 36000, arrivalRate: 1}]' });
    expect([timeline.binMs, timeline.arrivalsPerSec.length]).toEqual([10_000, 3601]);
    expect(timeline.arrivalsPerSec[5]).toBe(1);
  });

  test('refuses a phase that Artillery would never end', () => {
    expect(() => plan({ phases: '[{duration: 1, arrivalRate: 1}, {duration: 500ms, arrivalRate: 1}]' })).toThrow(
      /^t\.yml:3:\d+ phase 2 is shorter than the time between two of its users/,
    );
  });
});

describe('the notes of a plan', () => {
  const RATE = '[{duration: 10, arrivalRate: 10}]';

  test.each<[string, Parts, Partial<PlanOptions>]>([
    ['no-phases', {}, {}],
    ['phase-left-out', { phases: '[{duration: 5, arrivalRate: 0}, {duration: 1, arrivalRate: 1}]' }, {}],
    ['cap-below-workers', { phases: '[{duration: 5, arrivalRate: 8, maxVusers: 2}]' }, { workers: 4 }],
    ['engine-unknown', { phases: RATE, scenarios: '  - {engine: ws, flow: [{send: hello}]}' }, {}],
    ['endless-loop', { phases: RATE, scenarios: '  - flow: [{loop: [{get: {url: /a}}]}]' }, {}],
    ['fractional-think', { phases: RATE, scenarios: '  - flow: [{think: 0.5}]' }, {}],
    ['generator-limit', { phases: '[{duration: 5, arrivalRate: 1501}]' }, {}],
    ['assumed-conditions', { phases: RATE, scenarios: '  - flow: [{get: {url: /a, ifTrue: x}}]' }, {}],
    ['assumed-repetitions', { phases: RATE, scenarios: '  - flow: [{loop: [{get: {url: /a}}], over: x}]' }, {}],
    ['assumed-times', { phases: RATE, scenarios: '  - flow: [{function: think}]' }, {}],
    ['hooks', { phases: RATE, scenarios: '  - flow: [{get: {url: /a, beforeRequest: sign}}]' }, {}],
  ])('%s', (code, parts, options) => {
    expect(notesOf(plan(parts, options))).toContain(code);
  });

  test('are none for a plain test', () => {
    expect(plan({ phases: RATE }).notes).toEqual([]);
    expect(notesOf(plan({ phases: '[{duration: 5, arrivalRate: 1000}]' }))).toEqual([]);
  });

  test('speak of a limit below the number of workers, and not of one at it', () => {
    const capped = (cap: number): string => `[{duration: 5, arrivalRate: 8, maxVusers: ${cap}}]`;
    const made = plan({ phases: capped(3) }, { workers: 4 });
    expect(made.notes.map(({ text }) => text)).toEqual([
      '"Phase 1" lets in 3 users at a time, shared by 4 workers: some get none and start nobody. Set maxVusers to 4 or more.',
    ]);
    // Artillery drops the worker without a share, and with it its two users a second.
    expect(made.users.arrivals).toBe(30);
    expect(notesOf(plan({ phases: capped(4) }, { workers: 4 }))).toEqual([]);
    expect(notesOf(plan({ phases: '[{duration: 5, arrivalCount: 8, maxVusers: 1}]' }, { workers: 4 }))).toEqual([]);
  });

  test('do not speak of assumed times when the length of a session is given', () => {
    const made = plan({ phases: RATE, scenarios: '  - flow: [{function: think}]' }, { sessionMs: 5000 });
    expect([made.session.source, made.session.meanMs]).toEqual(['given', 5000]);
    expect(made.notes).toEqual([]);
  });

  test('holds a loop of a billion rounds', () => {
    const loop = 'loop: [{get: {url: /a}}, {think: 1}]';
    const made = plan({
      phases: '[{duration: 5, arrivalRate: 1}]',
      scenarios: `  - flow: [{${loop}, count: 1000000000}]`,
    });
    expect(made.requests.expected).toBe(5e9);
    expect(made.timeline.concurrency.length).toBeLessThanOrEqual(100_002);
  });
});
