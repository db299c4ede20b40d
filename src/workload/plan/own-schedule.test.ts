import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrivalPhase, scheduleOf } from '../schedule/index.ts';
import { parseTestFile } from '../test-file.ts';
import { divideWork } from './divide-work.ts';
import { effectiveTest } from './effective-test.ts';
import type { Entry } from './entry.ts';
import { ownRuns } from './own-schedule.ts';
import type { PhaseSpec } from './phase-spec.ts';
import { makePlan } from './plan.ts';
import type { Plan } from './plan-types.ts';

/** Per worker and phase, the times of its users since the start of the phase, in milliseconds. */
type Times = number[][][];

function planned(phases: readonly Entry[], workers: number): Times {
  const specs: PhaseSpec[] = phases.map((raw, index) => ({ index, name: undefined, kind: 'constant', raw }));
  return ownRuns(divideWork(specs, workers)).map((runs) =>
    runs.map(({ schedule }) => Array.from({ length: schedule.arrivals }, (_, index) => schedule.timeOf(index))),
  );
}

function started(phases: readonly Entry[], workers: number): Times {
  const whole = phases.map(arrivalPhase);
  return Array.from({ length: workers }, (_, index) => {
    const events = [...scheduleOf(whole, 'tests', { worker: index + 1, workers })];
    return phases.map((_phase, phaseIndex) => {
      const mine = events.filter((event) => event.phaseIndex === phaseIndex);
      return mine.flatMap(({ kind, dueMs }) => (kind === 'arrival' ? [dueMs - (mine[0]?.dueMs ?? 0)] : []));
    });
  });
}

describe('ownRuns', () => {
  test('has the users of each worker at the times at which the engine starts them', () => {
    const tenths = fc.integer({ min: 1, max: 90 }).map((each) => each / 10);
    const duration = fc.integer({ min: 1, max: 20 });
    const phase = fc.oneof(
      fc.record({ duration, arrivalRate: fc.integer({ min: 8, max: 20 }) }),
      fc.record({ duration, arrivalRate: tenths, rampTo: tenths }),
      fc.record({ duration, arrivalRate: tenths, rampTo: tenths, maxVusers: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ duration, arrivalCount: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ pause: duration }),
    );
    // A phase in which all workers have something to do, so that Artillery keeps them all.
    const all = { duration: 1, arrivalRate: 8 };
    fc.assert(
      fc.property(fc.array(phase, { maxLength: 5 }), fc.integer({ min: 1, max: 4 }), (phases, workers) => {
        const [plan, truth] = [planned([all, ...phases], workers), started([all, ...phases], workers)];
        expect(plan.map((each) => each.map(({ length }) => length))).toEqual(
          truth.map((each) => each.map(({ length }) => length)),
        );
        for (const [index, dueMs] of plan.flat(2).entries()) expect(dueMs).toBeCloseTo(truth.flat(2)[index] ?? -1, 6);
      }),
    );
  });
});

function plan(phases: string, workers = 1): Plan {
  const engine = '  engine: undici\n  engines: {undici: {}}\n';
  const text = `config:\n  target: http://127.0.0.1:1\n${engine}  phases: ${phases}\nscenarios:\n  - flow: [{get: {url: /a}}, {think: 1}]\n`;
  return makePlan(effectiveTest(parseTestFile('t.yml', text), { env: {} }), { workers, responseMs: 0 });
}

describe('the plan of a test under the engine of this project', () => {
  test('has no rounding by second or by worker', () => {
    const ramp = '[{duration: 60, arrivalRate: 0.2, rampTo: 0.8}]';
    expect([1, 2, 7].map((workers) => plan(ramp, workers).users.arrivals)).toEqual([30, 30, 30]);
    expect(plan(ramp).startedBy).toBe('undici');
  });

  test('expects a random ramp to have as many users as its rates make, give or take', () => {
    const made = plan('[{duration: 60, arrivalRate: 0, rampTo: 20, mode: poisson}]', 3);
    expect(made.users.arrivals).toBeCloseTo(600, 9);
    expect(made.users.deviation).toBeCloseTo(Math.sqrt(600), 9);
    expect(made.phases[0]?.isRandom).toBe(true);
  });

  test('lets a phase end that is shorter than the time between two of its users', () => {
    const made = plan(
      '[{duration: 1, arrivalRate: 1}, {duration: "250ms", arrivalRate: 1}, {duration: "250ms", arrivalRate: 1}]',
    );
    expect(made.phases.map(({ users, durationMs }) => [users.arrivals, durationMs])).toEqual([
      [1, 1000],
      [0, 250],
      [1, 250],
    ]);
  });

  test('speaks of a limit below the number of workers only where Artillery drops one of them', () => {
    const capped = '{duration: 5, arrivalRate: 8, maxVusers: 2}';
    const notes = (phases: string): string[] => plan(phases, 4).notes.map(({ code }) => code);
    expect(notes(`[${capped}]`)).toEqual(['cap-below-workers']);
    expect(notes(`[{duration: 5, arrivalRate: 8}, ${capped}]`)).toEqual([]);
    const [, second] = plan(`[{duration: 5, arrivalRate: 8}, ${capped}]`, 4).phases;
    expect(second?.users.arrivals).toBe(40);
  });
});
