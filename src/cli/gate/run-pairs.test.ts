import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY, type Pair, type PlannedPair } from '../../gate/regression/index.ts';
import { madePairs } from '../../gate/regression/testing/pairs.ts';
import { type GateEvent, type PairRun, runPairs } from './run-pairs.ts';

/** Made-up pairs, two minutes each, without waiting. */
function play(factor: number, run: Partial<PairRun> = {}) {
  const made = madePairs({ count: 30, endpoints: [{ name: 'Search', factor }, { name: 'Other' }] });
  const plans: PlannedPair[] = [];
  const events: GateEvent[] = [];
  let minutes = 0;
  const measure = (plan: PlannedPair): Promise<Pair> => {
    plans.push(plan);
    minutes += 2;
    const pair = made[plan.pair];
    return pair === undefined ? Promise.reject(new Error('no such pair')) : Promise.resolve(pair);
  };
  const done = runPairs({
    policy: DEFAULT_POLICY,
    seed: 'seed',
    budgetMs: Infinity,
    mostPairs: Infinity,
    measure,
    onEvent: (event) => events.push(event),
    now: () => minutes * 60_000,
    signal: new AbortController().signal,
    ...run,
  });
  return { done, plans, events };
}

describe('pairs are run', () => {
  test('until the first planned look has an answer', async () => {
    const { pairs, step } = await play(1.3).done;
    expect([pairs.length, step.kind]).toEqual([12, 'regressed']);
  });

  test('with a seed each, and now the one side has the first turn and now the other', async () => {
    const { done, plans } = play(1.3);
    await done;
    expect(new Set(plans.map(({ seed }) => seed)).size).toBe(12);
    expect(new Set(plans.map(({ order }) => order[0])).size).toBe(2);
  });

  test('as long as another one fits into the time, and the last ones count', async () => {
    // Two minutes each: nine of them fit into 19 minutes.
    const { pairs, step } = await play(1.3, { budgetMs: 19 * 60_000 }).done;
    expect([pairs.length, step.kind]).toEqual([9, 'regressed']);
  });

  test('as many as were asked for at most', async () => {
    const { pairs, step } = await play(1.3, { mostPairs: 7 }).done;
    expect([pairs.length, step.kind]).toEqual([7, 'regressed']);
  });

  test('and are told one by one', async () => {
    const { done, events } = play(1.3);
    await done;
    expect(events.filter(({ kind }) => kind === 'pair is over')).toHaveLength(12);
    expect(events.filter(({ kind }) => kind === 'pair begins')).toHaveLength(12);
  });

  test('and what is whole is kept when a signal ends the pair under way', async () => {
    const controller = new AbortController();
    const made = madePairs({ count: 3, endpoints: [{ name: 'Search' }] });
    const measure = ({ pair }: PlannedPair): Promise<Pair> => {
      if (pair === 2) controller.abort(new Error('SIGINT'));
      const whole = made[pair];
      return whole === undefined || controller.signal.aborted
        ? Promise.reject(new Error('aborted'))
        : Promise.resolve(whole);
    };
    const { pairs, step } = await play(1, { measure, signal: controller.signal }).done;
    expect([pairs.length, step.kind]).toEqual([2, 'inconclusive']);
  });

  test('and a pair that fails for another reason ends all of it', async () => {
    await expect(play(1, { measure: () => Promise.reject(new Error('no system')) }).done).rejects.toThrow('no system');
  });
});
