import { expect, test } from 'vitest';
import { makeBatch, type SampleFields } from '../../record/samples/testing/make-batch.ts';
import { runOf, START } from '../answer/testing/run-of.ts';
import { parseObjective } from './objective.ts';
import { rangeOfProbe } from './probe-steps.ts';
import { recoveryOf } from './recovery.ts';
import { inFlightIn, trialOfRun } from './trial-of-run.ts';

const CLAUSES = parseObjective('p95 of "Search" < 300 ms and error rate < 1 %');
const RECORD = runOf([
  { name: 'Warm-up', seconds: 2, rate: 100 },
  { name: 'Hold', seconds: 10, rate: 100 },
]);
const HELD = { phaseIndex: 1, holdSec: 10, isLast: true, clauses: CLAUSES };

/** A hundred searches a second for twelve seconds. @param msAt how long one takes that is due at this second. */
function steady(msAt: (second: number) => number, perSec = 100): SampleFields[] {
  return Array.from({ length: 12 * perSec }, (_, index) => ({
    due: START + (index * 1_000) / perSec,
    lastByte: msAt(index / perSec) * 1_000,
  }));
}

test('a rate at which answers stay fast is sustained', () => {
  const trial = trialOfRun(RECORD, makeBatch(steady(() => 20)), HELD);
  expect(trial).toMatchObject({ verdict: { kind: 'sustained' }, duePerSec: 100 });
  expect(trial?.inFlight).toBeCloseTo(2, 1);
  expect(trial?.endpoints).toMatchObject([{ name: 'Search', requests: 1_000, errors: 0 }]);
});

test('what happens in the warm-up does not count', () => {
  expect(trialOfRun(RECORD, makeBatch(steady((at) => (at < 1.9 ? 900 : 20))), HELD)?.verdict.kind).toBe('sustained');
});

test('a queue that grows is broken, by its times and by what piles up', () => {
  expect(trialOfRun(RECORD, makeBatch(steady((at) => 20 + at * 100)), HELD)?.verdict).toMatchObject({
    kind: 'broken',
    reasons: [{ kind: 'objective', clause: 'p95 of "Search" < 300 ms' }, { kind: 'falls short' }, { kind: 'piles up' }],
  });
});

test('requests that never got an answer count as not done', () => {
  const counters = { 'http.requests': 1_500, 'http.responses': 1_200 };
  const record = { ...RECORD, metrics: { ...RECORD.metrics, counters } };
  expect(trialOfRun(record, makeBatch(steady(() => 20)), HELD)?.verdict).toMatchObject({
    kind: 'broken',
    reasons: [{ kind: 'falls short' }],
  });
});

test('too few requests for a clause are void, and a phase that did not end is no trial', () => {
  expect(trialOfRun(RECORD, makeBatch(steady(() => 20, 5)), HELD)?.verdict.kind).toBe('void');
  expect(trialOfRun(RECORD, makeBatch(steady(() => 20)), { ...HELD, phaseIndex: 2 })).toBeUndefined();
});

test('in flight is the time that requests take, batch by batch', () => {
  const samples = makeBatch([
    { due: START, lastByte: 1_500_000 },
    { due: START + 2_000, lastByte: 500_000 },
    { due: START - 1_000, lastByte: 1_250_000 },
  ]);
  expect(inFlightIn(samples, { from: START, to: START + 4_000 })).toEqual([1.25, 0.5, 0.5, 0]);
});

test('a probe looks from below its last easy step to above the first that was not', () => {
  const steps = [10, 20, 40, 80].map((ratePerSec, index) => ({
    ratePerSec,
    span: { from: START + index * 2_000, to: START + (index + 1) * 2_000 },
  }));
  const range = (msAt: (second: number) => number) => rangeOfProbe(makeBatch(steady(msAt)), steps, CLAUSES, 80);
  expect(range((at) => (at < 4 ? 20 : 400))).toEqual({ easyPerSec: 20, hardPerSec: 40, fromPerSec: 10, toPerSec: 60 });
  expect(range(() => 20)).toMatchObject({ easyPerSec: 80, hardPerSec: undefined, toPerSec: 80 });
  expect(range(() => 400)).toMatchObject({ easyPerSec: undefined, hardPerSec: 10 });
});

test('a system is well again from the last ill second on', () => {
  const calm = { from: START, to: START + 6_000 };
  expect(recoveryOf(makeBatch(steady((at) => (at < 3 ? 500 : 20))), calm, CLAUSES)).toBe(3);
  expect(recoveryOf(makeBatch(steady(() => 20)), calm, CLAUSES)).toBe(0);
  expect(recoveryOf(makeBatch(steady(() => 500)), calm, CLAUSES)).toBeUndefined();
});
