import { describe, expect, test } from '@jest/globals';
import { type Block, DEFAULT_POLICY } from '../../gate/regression/index.ts';
import { madePairs } from '../../gate/regression/testing/pairs.ts';
import { type GateEvent, type PairRun, runPairs } from './run-pairs.ts';

type Place = Parameters<PairRun['measure']>[0];

/** Blocks of made-up pairs, a minute each, without waiting. */
function play(factor: number, run: Partial<PairRun> = {}) {
  const made = madePairs({ count: 30, endpoints: [{ name: 'Search', factor }, { name: 'Other' }] });
  const places: Place[] = [];
  const events: GateEvent[] = [];
  let minutes = 0;
  const measure = (place: Place): Promise<Block> => {
    places.push(place);
    minutes += 1;
    const block = made[place.pair]?.[place.side];
    return block === undefined ? Promise.reject(new Error('no such pair')) : Promise.resolve({ ...block, ...place });
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
  return { done, places, events };
}

describe('pairs are run', () => {
  test('until the first planned look has an answer', async () => {
    const { pairs, step } = await play(1.3).done;
    expect([pairs.length, step.kind]).toEqual([12, 'regressed']);
  });

  test('with the same seed for both blocks of a pair, and another one for the next', async () => {
    const { done, places } = play(1.3);
    await done;
    expect(places[0]?.seed).toBe(places[1]?.seed);
    expect(places[2]?.seed).not.toBe(places[0]?.seed);
    expect(new Set(places.map(({ side, place }) => `${side} ${place}`)).size).toBe(4);
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
    expect(events.filter(({ kind }) => kind === 'block begins')).toHaveLength(24);
  });

  test('and what is whole is kept when a signal ends the block under way', async () => {
    const controller = new AbortController();
    const made = madePairs({ count: 3, endpoints: [{ name: 'Search' }] });
    const measure = ({ pair, side }: Place): Promise<Block> => {
      if (pair === 2) controller.abort(new Error('SIGINT'));
      const block = made[pair]?.[side];
      return block === undefined || controller.signal.aborted
        ? Promise.reject(new Error('aborted'))
        : Promise.resolve(block);
    };
    const { pairs, step } = await play(1, { measure, signal: controller.signal }).done;
    expect([pairs.length, step.kind]).toEqual([2, 'inconclusive']);
  });

  test('and a block that fails for another reason ends all of it', async () => {
    await expect(play(1, { measure: () => Promise.reject(new Error('no system')) }).done).rejects.toThrow('no system');
  });
});
