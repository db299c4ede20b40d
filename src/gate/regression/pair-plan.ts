import { createRandom } from '../../stats/index.ts';
import type { Side } from './block.ts';

/** What is to be run as one pair. */
export interface PlannedPair {
  readonly pair: number;
  /** For arrivals, journeys and data of both blocks. */
  readonly seed: string;
  readonly order: readonly [Side, Side];
}

/**
 * Seed and order of a pair. Of two pairs in a row one begins with the baseline and one with the candidate, which of them by
 * chance: what the second block of a pair meets that the first does not cancels out, and nobody can foresee it.
 *
 * @param gateSeed of the whole comparison.
 * @param pair from 0.
 */
export function planPair(gateSeed: string, pair: number): PlannedPair {
  const beginsWithBaseline = createRandom(`${gateSeed} order ${Math.floor(pair / 2)}`).chance(0.5);
  const order = beginsWithBaseline === (pair % 2 === 0);
  return {
    pair,
    seed: `${gateSeed} pair ${pair}`,
    order: order ? ['baseline', 'candidate'] : ['candidate', 'baseline'],
  };
}
