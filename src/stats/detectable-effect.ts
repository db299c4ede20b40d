import { studentQuantile } from './student-t.ts';

/** Chance with which a true effect of the given size is to be found. */
const POWER = 0.8;

const MOST_PAIRS = 10_000;

/**
 * The smallest true effect that a paired comparison would have found with a power of 80 % at 2.5 % on its side:
 * (t(K − 1, 0.975) + t(K − 1, 0.8)) · s / √K (J. Cohen, Statistical Power Analysis, 1988, in its approximation by two quantiles).
 *
 * @param deviation standard deviation of the differences of pairs, from 0; the effect is in its unit.
 * @param pairs at least 2; below, Infinity is returned.
 * @param level one-sided, 0–0.5.
 */
export function detectableEffect(deviation: number, pairs: number, level = 0.025): number {
  if (pairs < 2) return Infinity;
  return ((studentQuantile(1 - level, pairs - 1) + studentQuantile(POWER, pairs - 1)) * deviation) / Math.sqrt(pairs);
}

/**
 * How many pairs it takes until {@link detectableEffect} is at most `effect`.
 *
 * @param effect above 0, in the unit of `deviation`.
 * @returns at least 2; Infinity when 10,000 do not suffice.
 * @example pairsToDetect(0.1, 0.05) // 34
 */
export function pairsToDetect(deviation: number, effect: number, level = 0.025): number {
  if (detectableEffect(deviation, MOST_PAIRS, level) > effect) return Infinity;
  let [tooFew, enough] = [1, MOST_PAIRS];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (detectableEffect(deviation, middle, level) <= effect) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
