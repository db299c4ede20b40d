import {
  type Bounds,
  benjaminiHochberg,
  jointSignFlips,
  quantileOfSorted,
  type Random,
  signedRankTest,
} from '../../stats/index.ts';
import type { Pair, Target } from './block.ts';
import { type Column, columnsOf, type RefusedColumn } from './column.ts';
import { effectOf } from './effect.ts';
import { detectableFrom, type EffectAnswer, type EffectLevels, judgeEffect } from './judge-effect.ts';
import type { GatePolicy, MetricName } from './policy.ts';
import { changeFrom, changesFrom } from './scale.ts';

/** One line of the table. Changes are shares, 0.05 for 5 % more; of error rates differences, 0.05 for 5 percentage points more. */
export interface ComparedRow {
  readonly target: Target;
  readonly metric: MetricName;
  /** false: shown, and decides nothing. */
  readonly isGating: boolean;
  /** false: it may be inconclusive in an answer that is not. Error rates of endpoints with too few requests for their margin. */
  readonly mustConclude: boolean;
  readonly worse: 'more' | 'less';
  /** A share, or a difference of error rates. */
  readonly margin: number;
  /** Pairs that have it. */
  readonly pairs: number;
  /** Medians of the blocks, in the unit of the metric. */
  readonly baseline: number;
  readonly candidate: number;
  readonly change: number;
  /** For this line alone, of 95 % unless the policy says otherwise: what is drawn, and what rules the margin out. */
  readonly interval: Bounds;
  /** At the level of this look, for all lines together: what raises an alarm. Infinite where so few pairs cannot say. */
  readonly jointInterval: Bounds;
  /** Exact, two-sided, for this line alone, 0–1. */
  readonly p: number;
  /** Chance that any line shows so much in the direction of worse, 0–1; absent for lines that do not decide. */
  readonly jointP?: number;
  /** Share of false findings among all lines with a q up to this one, 0–1. */
  readonly q: number;
  /** The smallest change for the worse that would have been found with a power of 80 %; a size, above 0. */
  readonly minimumDetectable: number;
  readonly answer: EffectAnswer;
}

/** Both versions, side by side. */
export interface Comparison {
  /** Healthy pairs. */
  readonly pairs: number;
  readonly rows: readonly ComparedRow[];
  readonly refused: readonly RefusedColumn[];
}

/**
 * Compares all that was measured in healthy pairs.
 *
 * @param level of this look for alarms, one-sided, 0–0.5.
 * @param random draws signs where pairs are more than 16.
 */
export function comparePairs(kept: readonly Pair[], policy: GatePolicy, level: number, random: Random): Comparison {
  const { columns, refused } = columnsOf(kept, policy);
  const gating = columns.filter(({ isGating }) => isGating);
  const joint = jointSignFlips({ columns: gating.map(({ differences }) => differences), random });
  const jointLevel = joint.levelFor(level);
  const rows = columns.map((column) => {
    const index = gating.indexOf(column);
    const own = policy.passLevel;
    if (index < 0) return rowOf(column, { own, joint: level }, policy.alarmShare);
    const [jointP = 1, pLess = 1] = [joint.pGreater[index], joint.pLess[index]];
    const found = { worse: jointP <= level, better: pLess <= level };
    return { ...rowOf(column, { own, joint: jointLevel }, policy.alarmShare, found), jointP };
  });
  const q = benjaminiHochberg(rows.map(({ p }) => p));
  return { pairs: kept.length, rows: rows.map((row, index) => ({ ...row, q: q[index] ?? 1 })), refused };
}

function rowOf(
  column: Column,
  levels: EffectLevels,
  alarmShare: number,
  found = { worse: true, better: true },
): Omit<ComparedRow, 'q' | 'jointP'> {
  const { target, metric, rule, isGating, mustConclude, scale, values } = column;
  const effect = effectOf(column);
  const bounds = {
    pairs: effect.pairs,
    estimate: effect.estimate,
    own: effect.boundsAt(levels.own),
    joint: agreeing(effect.boundsAt(levels.joint), found),
  };
  const detectable = detectableFrom(bounds, levels);
  return {
    target,
    metric,
    isGating,
    mustConclude,
    worse: scale.sign === 1 ? 'more' : 'less',
    margin: rule.margin,
    pairs: effect.pairs,
    baseline: medianOf(values.map(({ baseline }) => baseline)),
    candidate: medianOf(values.map(({ candidate }) => candidate)),
    change: changeFrom(scale, effect.estimate),
    interval: changesFrom(scale, bounds.own),
    jointInterval: changesFrom(scale, bounds.joint),
    p: signedRankTest(column.differences.flatMap((difference) => difference ?? [])).pTwoSided,
    minimumDetectable: Math.abs(changeFrom(scale, detectable)),
    answer: judgeEffect(bounds, levels, scale.margin, alarmShare),
  };
}

/** The interval of an error rate is not that of the joint test: where that finds nothing, neither does the interval. */
function agreeing({ low, high }: Bounds, found: { readonly worse: boolean; readonly better: boolean }): Bounds {
  return { low: found.worse ? low : Math.min(low, 0), high: found.better ? high : Math.max(high, 0) };
}

function medianOf(values: readonly number[]): number {
  return quantileOfSorted(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}
