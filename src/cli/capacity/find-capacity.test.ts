import { expect, test } from 'vitest';
import { type CapacityTrial, probeRates, rangeBetween } from '../../gate/capacity/index.ts';
import { type CapacityFound, type CapacityRun, findCapacity } from './find-capacity.ts';

const TRIAL_MS = 12_000;

interface Simulation {
  readonly result: (ratePerSec: number) => CapacityTrial['result'];
  readonly minutes?: number;
  readonly range?: { readonly fromPerSec: number; readonly toPerSec: number };
  /** It is interrupted when so many trials have been made. */
  readonly interruptAfter?: number;
}

/** A search on a clock that only trials move. */
async function simulate({
  result,
  minutes = 6,
  range,
  interruptAfter,
}: Simulation): Promise<CapacityFound & { ms: number }> {
  let ms = 0;
  const controller = new AbortController();
  const hold = (kind: CapacityTrial['kind'], ratePerSec: number, number: number): CapacityTrial => {
    ms += TRIAL_MS;
    if (number - 1 === interruptAfter) controller.abort(new Error('SIGINT'));
    controller.signal.throwIfAborted();
    return {
      ...{ number, kind, ratePerSec, holdSec: 7, result: result(ratePerSec), reasons: [], clauses: [], endpoints: [] },
      ...{ achievedPerSec: ratePerSec, requestsDuePerSec: 1, requestsDonePerSec: 1, inFlight: 1 },
    };
  };
  const run: CapacityRun = {
    seed: 'a search',
    budgetMs: minutes * 60_000,
    mostPerSec: 1_000,
    leastPerSec: 0,
    probe: async (startPerSec) => {
      ms += 20_000;
      // The first one may be wrong.
      if (startPerSec === undefined)
        return { easyPerSec: 64, hardPerSec: 128, fromPerSec: 45, toPerSec: 166, ...range };
      const rates = probeRates(startPerSec, 1_000);
      const hard = rates.findIndex((rate) => result(rate) !== 'sustained');
      return rangeBetween(rates, hard < 0 ? undefined : hard, 1_000);
    },
    measure: async (rates, first) => rates.map((rate, index) => hold('search', rate, first + index)),
    confirm: async (below, above, first) => ({
      trials: [hold('below', below, first), hold('above', above, first + 1)],
      recovery: { ratePerSec: 10, afterSec: 1, watchedSec: 10 },
    }),
    batchMs: (trials) => trials * TRIAL_MS,
    confirmMs: () => 2 * TRIAL_MS,
    onEvent: () => undefined,
    now: () => ms,
    signal: controller.signal,
    interruptedBy: () => (controller.signal.aborted ? 'SIGINT' : undefined),
  };
  return { ...(await findCapacity(run)), ms };
}

test('finds a sharp limit, confirms it, and keeps within its time', async () => {
  const { end, confirmation, recovery, ms } = await simulate({
    result: (rate) => (rate < 100 ? 'sustained' : 'broken'),
  });
  expect(end.kind).toBe('found');
  expect(Math.abs((end.estimate?.perSec ?? 0) / 100 - 1)).toBeLessThan(0.03);
  expect(confirmation?.isConfirmed).toBe(true);
  expect(recovery?.afterSec).toBe(1);
  expect(ms).toBeLessThanOrEqual(6 * 60_000);
});

test.each([
  [300, { fromPerSec: 45, toPerSec: 166 }],
  [20, { fromPerSec: 45, toPerSec: 166 }],
])('looks beyond a range that was wrong: %d', async (capacity, range) => {
  const { end } = await simulate({ result: (rate) => (rate < capacity ? 'sustained' : 'broken'), minutes: 12, range });
  expect(end.kind).toBe('found');
  expect(Math.abs((end.estimate?.perSec ?? 0) / capacity - 1)).toBeLessThan(0.05);
});

test('says that it could not tell when there was no time', async () => {
  const { end, trials } = await simulate({ result: (rate) => (rate < 100 ? 'sustained' : 'broken'), minutes: 1.2 });
  expect(end).toMatchObject({ kind: 'inconclusive', why: 'too wide' });
  expect(trials.length).toBeLessThanOrEqual(2);
});

test('a search whose trials count for nothing is not valid', async () => {
  expect((await simulate({ result: () => 'void' })).end.kind).toBe('not valid');
});

test('what holds do not confirm is said: a system that fails whatever the rate', async () => {
  let count = 0;
  const { end, confirmation } = await simulate({
    result: (rate) => (++count > 18 ? 'broken' : rate < 100 ? 'sustained' : 'broken'),
  });
  expect(end.kind).toBe('found');
  expect(confirmation?.isConfirmed).toBe(false);
});

test('an interrupted search keeps its trials and what they say', async () => {
  const { end, trials } = await simulate({
    result: (rate) => (rate < 100 ? 'sustained' : 'broken'),
    interruptAfter: 7,
  });
  expect(end).toMatchObject({ kind: 'interrupted', by: 'SIGINT', estimate: { perSec: expect.any(Number) } });
  expect(trials).toHaveLength(5);
});
