import { expect, test } from 'vitest';
import { type CapacityPolicy, DEFAULT_CAPACITY_POLICY } from './policy.ts';
import { createCapacitySearch, type RateTrial, type SearchStep } from './search.ts';

const POLICY = { ...DEFAULT_CAPACITY_POLICY, batch: 1, fromPerSec: 20, toPerSec: 200 };

/** Asks for trials until there is an answer. */
function runSearch(
  isSustained: (ratePerSec: number, trial: number) => boolean,
  policy: CapacityPolicy = POLICY,
): {
  trials: RateTrial[];
  end: Exclude<SearchStep, { kind: 'trials' }>;
  batches: (readonly number[])[];
} {
  const next = createCapacitySearch(policy, 'a search');
  const trials: RateTrial[] = [];
  const batches: (readonly number[])[] = [];
  for (;;) {
    const step = next(trials);
    if (step.kind !== 'trials') return { trials, end: step, batches };
    batches.push(step.ratesPerSec);
    for (const ratePerSec of step.ratesPerSec) {
      trials.push({ ratePerSec, isSustained: isSustained(ratePerSec, trials.length) });
    }
  }
}

test('finds a sharp limit with an interval around it', () => {
  const { trials, end } = runSearch((rate) => rate < 90);
  expect(end.kind).toBe('found');
  expect(Math.abs(end.estimate.perSec / 90 - 1)).toBeLessThan(0.03);
  expect(end.estimate.lowPerSec).toBeLessThan(90);
  expect(end.estimate.highPerSec).toBeGreaterThan(90);
  expect(trials.length).toBeGreaterThanOrEqual(POLICY.minTrials);
  expect(trials.length).toBeLessThanOrEqual(POLICY.maxTrials);
});

test('begins at the first rate and climbs in steps of at most the growth that is allowed', () => {
  const { trials } = runSearch((rate) => rate < 150);
  expect(trials[0]?.ratePerSec).toBe(20);
  let highest = 20;
  for (const { ratePerSec, isSustained } of trials) {
    expect(ratePerSec).toBeLessThanOrEqual(highest * POLICY.maxGrowth + 1e-9);
    if (isSustained) highest = Math.max(highest, ratePerSec);
  }
});

test('a spoiled first trial and another in the middle do not lead astray', () => {
  const { end } = runSearch((rate, trial) => rate < 90 && trial !== 0 && trial !== 8);
  expect(end.kind).toBe('found');
  expect(Math.abs(end.estimate.perSec / 90 - 1)).toBeLessThan(0.05);
});

test.each([
  [true, 'above the range'],
  [false, 'below the range'],
])('is inconclusive when every trial ends the same way: %s, %s', (isSustained, why) => {
  expect(runSearch(() => isSustained).end).toMatchObject({ kind: 'inconclusive', why });
});

test('is inconclusive when the trials are used up and the interval is still wider than an answer may be', () => {
  const endBy = (widestAnswer: number): SearchStep['kind'] =>
    runSearch((rate) => rate < 90, { ...POLICY, maxTrials: 15, precision: 0.001, widestAnswer }).end.kind;
  expect(endBy(0.001)).toBe('inconclusive');
  expect(endBy(0.2)).toBe('found');
});

test('the same trials and seed give the same next rate; another seed may not', () => {
  const trials: RateTrial[] = [
    { ratePerSec: 20, isSustained: true },
    { ratePerSec: 30, isSustained: true },
    { ratePerSec: 45, isSustained: false },
  ];
  const rateBy = (seed: string): number => {
    const step = createCapacitySearch(POLICY, seed)(trials);
    return step.kind === 'trials' ? (step.ratesPerSec[0] ?? Number.NaN) : Number.NaN;
  };
  expect(rateBy('one')).toBe(rateBy('one'));
  expect(new Set(['one', 'two', 'three', 'four', 'five'].map(rateBy)).size).toBeGreaterThan(1);
});

test('in batches it finds the limit as well, with different rates in ascending order', () => {
  const policy = { ...POLICY, batch: 5, easyPerSec: 60 };
  const { trials, batches, end } = runSearch((rate) => rate < 90, policy);
  expect(end.kind).toBe('found');
  expect(Math.abs(end.estimate.perSec / 90 - 1)).toBeLessThan(0.03);
  expect(trials.length).toBeLessThanOrEqual(POLICY.maxTrials);
  for (const rates of batches) {
    expect(rates).toEqual([...new Set(rates)].sort((a, b) => a - b));
    expect(rates).toHaveLength(5);
  }
  expect(Math.max(...(batches[0] ?? []))).toBe(90);
});

test('answers at once when it is told that no more trials can be made', () => {
  const next = createCapacitySearch(POLICY, '');
  expect(next([], true)).toMatchObject({ kind: 'inconclusive', why: 'too wide' });
  const trials = [80, 85, 88, 89].flatMap((rate) => [
    { ratePerSec: rate, isSustained: true },
    { ratePerSec: rate + 12, isSustained: false },
  ]);
  expect(next(trials).kind).toBe('trials');
  expect(next(trials, true).kind).toBe('found');
});

test.each([
  [0, 10],
  [10, 10],
  [Number.NaN, 10],
])('refuses rates from %d to %d', (fromPerSec, toPerSec) => {
  expect(() => createCapacitySearch({ ...POLICY, fromPerSec, toPerSec }, '')).toThrow(RangeError);
});
