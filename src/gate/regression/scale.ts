import type { Bounds } from '../../stats/index.ts';
import type { MarginRule } from './policy.ts';

/**
 * How the two values of a pair become one difference that is above 0 when the candidate is worse: a log ratio, or a
 * difference of shares.
 */
export interface Scale {
  readonly unit: 'ratio' | 'points';
  /** 1 where more is worse, −1 where less is. */
  readonly sign: 1 | -1;
  /** The margin on this scale, above 0. */
  readonly margin: number;
}

/** The scale on which a margin is meant. */
export function scaleOf({ metric, margin, worse }: Pick<MarginRule, 'metric' | 'margin' | 'worse'>): Scale {
  const unit = metric === 'error rate' ? 'points' : 'ratio';
  const isLessWorse = (worse ?? (metric === 'throughput' ? 'less' : 'more')) === 'less';
  return { unit, sign: isLessWorse ? -1 : 1, margin: unit === 'ratio' ? Math.log1p(margin) : margin };
}

/** @returns undefined where there is no ratio. */
export function differenceOn({ unit, sign }: Scale, baseline: number, candidate: number): number | undefined {
  if (unit === 'points') return sign * (candidate - baseline);
  return baseline > 0 && candidate > 0 ? sign * Math.log(candidate / baseline) : undefined;
}

/** Back to what people read: 0.05 for 5 % more, or for 5 percentage points more. */
export function changeFrom({ unit, sign }: Scale, difference: number): number {
  return unit === 'points' ? sign * difference : Math.expm1(sign * difference);
}

/** The same for both ends of an interval. */
export function changesFrom(scale: Scale, { low, high }: Bounds): Bounds {
  const ends = [changeFrom(scale, low), changeFrom(scale, high)];
  return { low: Math.min(...ends), high: Math.max(...ends) };
}
