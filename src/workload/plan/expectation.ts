import type { Expectation } from './plan-types.ts';
import { type Count, scaledCount, sumOfCounts } from './tally.ts';

/** Users of one phase, and how they spread over the journeys. */
export interface PhaseUsers {
  readonly started: number;
  /** Of `started`, by chance. */
  readonly variance: number;
  /** Shares that add up to 1. */
  readonly shares: readonly number[];
}

/**
 * How many requests to expect when each user of a phase draws a journey by its share and then sends as many requests as
 * that journey does. Chance acts three times: on the number of users (only in a random process), on the draw, and inside a
 * journey.
 *
 * @param perUser what one user of each journey sends.
 */
export function expectedOf(perUser: readonly Count[], phases: readonly PhaseUsers[]): Expectation {
  const parts = phases.map(({ started, variance, shares }) => {
    const mean = sumOfCounts(perUser.map((count, journey) => scaledCount(count, shares[journey] ?? 0)));
    const squares = perUser.reduce((sum, count, journey) => {
      return sum + (shares[journey] ?? 0) * (count.variance + count.mean ** 2);
    }, 0);
    const ofOneUser = Math.max(0, squares - mean.mean ** 2);
    return { ...scaledCount(mean, started), variance: started * ofOneUser + variance * mean.mean ** 2 };
  });
  const { mean, low, high, variance } = sumOfCounts(parts);
  return { expected: mean, low, high, deviation: Math.sqrt(variance) };
}
