import {
  type Bounds,
  hodgesLehmann,
  momentsOf,
  signedRankInterval,
  studentQuantile,
  walshAverages,
} from '../../stats/index.ts';
import { rateDifference } from '../../stats/rate-difference.ts';
import type { Column } from './column.ts';

/** By how much the candidate is worse, on the scale of the column. */
export interface Effect {
  /** Pairs that it comes from. */
  readonly pairs: number;
  readonly estimate: number;
  /** The interval with that chance of missing the truth on each side. */
  boundsAt(level: number): Bounds;
}

/** Estimate and intervals of one column. */
export function effectOf(column: Column): Effect {
  const differences = column.differences.flatMap((difference) => difference ?? []);
  return column.counts === undefined ? ofRatios(differences) : ofRates(differences, column.counts);
}

function ofRatios(differences: readonly number[]): Effect {
  const averages = walshAverages(differences);
  return {
    pairs: differences.length,
    estimate: hodgesLehmann(averages),
    boundsAt: (level) => signedRankInterval(averages, level),
  };
}

/**
 * Errors come in bursts, so that requests do not count one by one: how the rate differs from pair to pair is one interval. Where hardly any
 * pair has an error, pairs cannot say how many could have had one: the counts are the other. The wider end of both holds.
 */
function ofRates(differences: readonly number[], { baseline, candidate }: NonNullable<Column['counts']>): Effect {
  const estimate = candidate.hits / candidate.trials - baseline.hits / baseline.trials;
  const moments = momentsOf(differences);
  return {
    pairs: differences.length,
    estimate,
    boundsAt: (level) => {
      const counted = rateDifference(baseline, candidate, level);
      if (moments === undefined || level <= 0) return { low: -Infinity, high: Infinity };
      const half = studentQuantile(1 - level, moments.count - 1) * Math.sqrt(moments.variance / moments.count);
      return { low: Math.min(counted.low, estimate - half), high: Math.max(counted.high, estimate + half) };
    },
  };
}
