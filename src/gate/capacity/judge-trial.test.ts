import { expect, test } from 'vitest';
import { judgeTrial, type TrialFacts, type TrialVerdict } from './judge-trial.ts';

const CLAUSE = 'p95 of "Search" < 300 ms';
const HEALTHY: TrialFacts = {
  arrivals: 1000,
  completions: 1000,
  inFlight: [10, 11, 9, 10, 12, 10, 9, 11],
  objectives: [{ clause: CLAUSE, upper: 299, limit: 300 }],
  generatorFaults: [],
};

test('a rate is sustained when everything holds', () => {
  expect(judgeTrial(HEALTHY)).toEqual({ kind: 'sustained' });
});

const CASES: [string, Partial<TrialFacts>, TrialVerdict['kind']][] = [
  ['completes 98 %', { completions: 980 }, 'sustained'],
  ['misses no more than twice what is in flight', { arrivals: 100, completions: 80 }, 'sustained'],
  ['misses more than that', { arrivals: 100, completions: 79 }, 'broken'],
  ['completes less than 98 %', { completions: 979 }, 'broken'],
  [
    'an upper limit just below the objective',
    { objectives: [{ clause: CLAUSE, upper: 299.9, limit: 300 }] },
    'sustained',
  ],
  ['an upper limit at the objective', { objectives: [{ clause: CLAUSE, upper: 300, limit: 300 }] }, 'broken'],
  ['in flight grows by half', { inFlight: [77, 83, 89, 95, 101, 107, 113, 119] }, 'sustained'],
  ['in flight grows by more', { inFlight: [72, 80, 88, 96, 104, 112, 120, 128] }, 'broken'],
  ['in flight shrinks', { inFlight: [128, 120, 112, 104, 96, 88, 80, 72] }, 'sustained'],
  ['in flight goes up and down', { inFlight: [2, 30, 4, 40, 3, 35, 50, 1] }, 'sustained'],
  ['nobody arrives', { arrivals: 0, completions: 0 }, 'void'],
];

test.each(CASES)('%s', (_, change, kind) => {
  expect(judgeTrial({ ...HEALTHY, ...change }).kind).toBe(kind);
});

test('a trial with an unhealthy generator is void, however well or badly it went', () => {
  const generatorFaults = ['requests were sent 40 ms late'];
  const expected = { kind: 'void', why: generatorFaults };
  expect(judgeTrial({ ...HEALTHY, generatorFaults })).toEqual(expected);
  expect(judgeTrial({ ...HEALTHY, completions: 1, generatorFaults })).toEqual(expected);
});

test('a clause that too few requests speak for is neither held nor broken', () => {
  const objectives = [{ clause: CLAUSE, upper: undefined, limit: 300 }];
  expect(judgeTrial({ ...HEALTHY, objectives })).toEqual({
    kind: 'void',
    why: [`too few requests to tell whether ${CLAUSE}`],
  });
});

test('every reason is named', () => {
  const facts = {
    ...HEALTHY,
    completions: 500,
    inFlight: [10, 20, 30, 40, 50, 60, 70, 80],
    objectives: [{ clause: CLAUSE, upper: 900, limit: 300 }],
  };
  expect(judgeTrial(facts)).toMatchObject({
    kind: 'broken',
    reasons: [{ kind: 'objective', clause: CLAUSE }, { kind: 'falls short', achievedShare: 0.5 }, { kind: 'piles up' }],
  });
});

test('a late generator spoils a trial only where its lateness decides', () => {
  const late = { ...HEALTHY, lateFaults: ['requests were sent 40 ms late'] };
  const judged = (upper: number, serviceUpper: number): TrialVerdict['kind'] =>
    judgeTrial({ ...late, objectives: [{ clause: CLAUSE, upper, serviceUpper, limit: 300 }] }).kind;
  expect(judged(299, 250)).toBe('sustained');
  expect(judged(300, 299)).toBe('void');
  expect(judged(310, 300)).toBe('broken');
  // What piles up may have been sent in a heap.
  expect(judgeTrial({ ...late, inFlight: [10, 20, 30, 40, 50, 60, 70, 80] }).kind).toBe('void');
});
