import type { Bounds } from './hodges-lehmann.ts';
import { normalQuantile } from './normal.ts';

/** So many of so many. */
export interface Count {
  /** Whole, from 0 to `trials`. */
  readonly hits: number;
  readonly trials: number;
}

/**
 * The interval of the difference of two shares, second less first, from Wilson's interval of each (R. G. Newcombe, Statistics in Medicine 17,
 * 1998, method 10). Right for shares of 0 and 1 and for few trials. It takes trials as independent: errors that come in bursts need more.
 *
 * @param level of each side, 0–0.5: 0.025 for an interval of 95 %.
 * @returns −1 to 1; all of it where one side has no trials.
 * @example rateDifference({ hits: 48, trials: 80 }, { hits: 56, trials: 70 }, 0.025) // { low: 0.0524, high: 0.3339 }
 */
export function rateDifference(first: Count, second: Count, level: number): Bounds {
  if (first.trials === 0 || second.trials === 0 || level <= 0) return { low: -1, high: 1 };
  const z = normalQuantile(1 - level);
  const [a, b] = [scoreInterval(first, z), scoreInterval(second, z)];
  const difference = b.share - a.share;
  return {
    low: difference - Math.hypot(b.share - b.low, a.high - a.share),
    high: difference + Math.hypot(b.high - b.share, a.share - a.low),
  };
}

function scoreInterval({ hits, trials }: Count, z: number): { share: number; low: number; high: number } {
  const share = hits / trials;
  const spread = z ** 2 / trials;
  const middle = (share + spread / 2) / (1 + spread);
  const half = Math.sqrt(share * (1 - share) * spread + (spread / 2) ** 2) / (1 + spread);
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
