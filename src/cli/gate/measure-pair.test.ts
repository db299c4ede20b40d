import { expect, test } from 'vitest';
import type { PlannedPair, Side } from '../../gate/regression/index.ts';
import type { OpenSystem } from '../system/open-system.ts';
import type { BlockTest } from './block-test.ts';
import { measurePair } from './measure-pair.ts';

const TEST = { plan: { durationSec: 2, warmUpSec: 1 } } as BlockTest;

/** In which order the systems of a pair are started; none of them can be. */
async function startOrder(order: PlannedPair['order']): Promise<Side[]> {
  const started: Side[] = [];
  const system = (side: Side): OpenSystem => ({
    subject: { kind: 'command', spec: side },
    label: side,
    check: () => Promise.resolve(),
    start: () => {
      started.push(side);
      return Promise.reject(new Error(`${side} cannot be started`));
    },
    close: () => undefined,
  });
  const pair = measurePair({
    test: TEST,
    sides: { baseline: system('baseline'), candidate: system('candidate') },
    plan: { pair: 0, seed: 'seed', order },
    keepIn: undefined,
    signal: new AbortController().signal,
  });
  await expect(pair).rejects.toThrow(`${order[0]} cannot be started`);
  return started;
}

test.each<PlannedPair['order'][]>([[['baseline', 'candidate']], [['candidate', 'baseline']]])(
  'the systems of a pair are started in its order: %j',
  async (order) => {
    expect(await startOrder(order)).toEqual(order);
  },
);
