import { type Block, isSameTarget, type Pair, type Target, type TargetFigures } from './block.ts';
import type { MetricName } from './policy.ts';

/** Values on each side of a quantile that make it one: n · (1 − q) ≥ 10. */
const FEWEST_BEYOND = 10;

/** A pair may lack a metric; more pairs than this share without it, and it is not judged. */
const MOST_MISSING = 0.2;

const QUANTILES: Partial<Record<MetricName, number>> = { p50: 0.5, p95: 0.95, p99: 0.99, mean: 0.5 };

/** How many values of a block a metric needs. */
export function fewestFor(metric: MetricName): number {
  const quantile = QUANTILES[metric];
  // 1 − 0.95 is not 0.05 to the last digit.
  return quantile === undefined ? 1 : Math.round(FEWEST_BEYOND / (1 - quantile));
}

/** Why a metric is not judged. */
export type NotJudged =
  | {
      readonly kind: 'too few values';
      /** In the block with the fewest. */
      readonly perBlock: number;
      readonly needed: number;
    }
  | { readonly kind: 'only on one side'; readonly side: 'baseline' | 'candidate' }
  | { readonly kind: 'not answered'; readonly side: 'baseline' | 'candidate' }
  /** A value of 0 or below has no ratio. */
  | { readonly kind: 'no ratio' };

/** One metric of one target in both blocks of a pair. */
export interface PairValues {
  readonly baseline: number;
  readonly candidate: number;
}

/** A metric in all pairs, in their order; undefined in pairs that lack it. */
export type ValuesByPair =
  | { readonly kind: 'values'; readonly values: readonly (PairValues | undefined)[] }
  | { readonly kind: 'not judged'; readonly why: NotJudged };

/** Targets of either side, in the order of their first appearance. */
export function targetsIn(pairs: readonly Pair[]): Target[] {
  const targets = new Map<string, Target>();
  for (const { baseline, candidate } of pairs) {
    for (const { target } of [...baseline.figures, ...candidate.figures]) {
      const key = `${target.kind} ${target.name}`;
      if (!targets.has(key)) targets.set(key, target);
    }
  }
  return [...targets.values()];
}

/** What a block measured of a target. */
export function figuresOf(block: Block, target: Target): TargetFigures | undefined {
  return block.figures.find((figures) => isSameTarget(figures.target, target));
}

/** Reads one metric of one target from all pairs. */
export function valuesOf(pairs: readonly Pair[], target: Target, metric: MetricName): ValuesByPair {
  const read = pairs.map(({ baseline, candidate }) => {
    const [first, second] = [readMetric(baseline, target, metric), readMetric(candidate, target, metric)];
    if (first.kind !== 'value') return { why: whyOf(first, 'baseline') };
    if (second.kind !== 'value') return { why: whyOf(second, 'candidate') };
    return { values: { baseline: first.value, candidate: second.value } };
  });
  const missing = read.flatMap(({ why }) => why ?? []);
  const [first] = missing;
  if (first !== undefined && missing.length > MOST_MISSING * pairs.length) {
    const perBlock = missing.flatMap((why) => (why.kind === 'too few values' ? why.perBlock : []));
    const why = first.kind === 'too few values' ? { ...first, perBlock: Math.min(...perBlock) } : first;
    return { kind: 'not judged', why };
  }
  return { kind: 'values', values: read.map(({ values }) => values) };
}

type Reading =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'not answered' }
  | { readonly kind: 'too few'; readonly count: number; readonly needed: number };

function whyOf(reading: Exclude<Reading, { kind: 'value' }>, side: 'baseline' | 'candidate'): NotJudged {
  switch (reading.kind) {
    case 'absent':
      return { kind: 'only on one side', side: side === 'baseline' ? 'candidate' : 'baseline' };
    case 'not answered':
      return { kind: 'not answered', side };
    case 'too few':
      return { kind: 'too few values', perBlock: reading.count, needed: reading.needed };
  }
}

function readMetric(block: Block, target: Target, metric: MetricName): Reading {
  const figures = figuresOf(block, target);
  if (figures === undefined || figures.requests === 0) return { kind: 'absent' };
  if (metric === 'error rate') return { kind: 'value', value: figures.errors / figures.requests };
  if (metric === 'throughput') return { kind: 'value', value: (figures.requests - figures.errors) / block.durationSec };
  if (figures.response === undefined) return { kind: 'not answered' };
  const [count, needed] = [figures.response.count, fewestFor(metric)];
  return count < needed ? { kind: 'too few', count, needed } : { kind: 'value', value: figures.response[metric] };
}
