import { type Bounds, detectableEffect, studentQuantile } from '../../stats/index.ts';

/** What is known of one metric, above 0 when the candidate is worse. */
export interface EffectBounds {
  readonly pairs: number;
  readonly estimate: number;
  /** For this metric alone. */
  readonly own: Bounds;
  /** At the level at which all metrics together err no more often than one. */
  readonly joint: Bounds;
}

/** The levels behind {@link EffectBounds}, one-sided. */
export interface EffectLevels {
  readonly own: number;
  readonly joint: number;
}

/** The answer for one metric. */
export type EffectAnswer =
  | { readonly kind: 'regressed' }
  | { readonly kind: 'improved' }
  /** A slow-down of the margin is ruled out. */
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'inconclusive';
      /** Pairs that it would take beside those there are, if the next ones are like them; undefined: thousands. */
      readonly morePairs: number | undefined;
    };

const MOST_PAIRS = 2000;

/**
 * The rule. `regressed`: slower for sure (joint lower bound above 0), by more than the alarm's share of the margin, and a slow-down of
 * the whole margin is not ruled out. `improved`: the mirror image. `unchanged`: a slow-down of the margin is ruled out. Everything
 * else is `inconclusive`.
 *
 * @param margin above 0, on the scale of the effect.
 * @param alarmShare 0–1.
 */
export function judgeEffect(
  effect: EffectBounds,
  levels: EffectLevels,
  margin: number,
  alarmShare: number,
): EffectAnswer {
  const { estimate, own, joint } = effect;
  const alarm = alarmShare * margin;
  if (joint.low > 0 && estimate > alarm && own.high >= margin) return { kind: 'regressed' };
  if (joint.high < 0 && estimate < -alarm && own.low <= -margin) return { kind: 'improved' };
  if (own.high < margin) return { kind: 'unchanged' };
  return { kind: 'inconclusive', morePairs: morePairs(effect, levels, margin, alarm) };
}

/**
 * The smallest true effect that would have been found with a power of 80 %: what a reader of `unchanged` has to know. From the width of the
 * interval, so that outliers which do not move it do not move this either.
 */
export function detectableFrom(effect: EffectBounds, levels: EffectLevels): number {
  const deviation = deviationFrom(effect, levels);
  return deviation === undefined ? Infinity : detectableEffect(deviation, effect.pairs);
}

/** The standard deviation of normal differences that would have an interval as wide. */
function deviationFrom({ pairs, own }: EffectBounds, levels: EffectLevels): number | undefined {
  const width = own.high - own.low;
  if (pairs < 2 || !Number.isFinite(width)) return undefined;
  return ((width / 2) * Math.sqrt(pairs)) / studentQuantile(1 - levels.own, pairs - 1);
}

/**
 * What is closer: to show that it is slower, or that it is not slower by the margin. Intervals shrink with the root of the pairs.
 */
function morePairs(effect: EffectBounds, levels: EffectLevels, margin: number, alarm: number): number | undefined {
  const { pairs, estimate } = effect;
  const deviation = deviationFrom(effect, levels);
  if (deviation === undefined) return undefined;
  const isSlower = estimate > alarm;
  // Without a level at which all metrics together can be told, their own is the best guess.
  const level = isSlower && levels.joint > 0 ? levels.joint : levels.own;
  const distance = isSlower ? estimate : margin - estimate;
  const isEnough = (count: number): boolean =>
    (studentQuantile(1 - level, count - 1) * deviation) / Math.sqrt(count) < distance;
  let count = pairs + 1;
  while (!isEnough(count)) {
    count = Math.ceil(count * 1.1);
    if (count > MOST_PAIRS) return undefined;
  }
  return count - pairs;
}
