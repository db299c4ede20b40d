import { valuesNeeded } from '../../stats/index.ts';
import type { Clause } from './objective.ts';

/** Two-sided 95 %: that of the Wilson interval. */
const Z2 = 1.959963984540054 ** 2;
/** A clause that just can hold when nothing fails could never be told from one that nearly does. */
const ROOM = 1.25;

/** How many requests of its endpoint a clause needs before it can hold for sure. */
export function requestsNeeded({ quantity, limit }: Clause): number {
  switch (quantity.kind) {
    case 'quantile':
      return Math.ceil(valuesNeeded(quantity.q, 0.95) * ROOM);
    case 'error rate':
      // The upper end of the interval of no error at all among n: z² / (n + z²).
      return limit <= 0 || limit >= 100 ? 1 : Math.ceil(Z2 * (100 / limit - 1) * ROOM);
    case 'mean':
    case 'max':
      return 10;
  }
}

/**
 * How long a rate has to be held so that every clause can hold, in whole seconds.
 *
 * @param perUser requests that one user makes, on average: of the endpoint, or of all for undefined.
 * @returns Infinity for a clause about requests that no user makes.
 */
export function secondsNeeded(
  clauses: readonly Clause[],
  ratePerSec: number,
  perUser: (endpoint: string | undefined) => number,
): number {
  const each = clauses.map((clause) => requestsNeeded(clause) / (ratePerSec * perUser(clause.endpoint)));
  return Math.ceil(Math.max(0, ...each));
}
