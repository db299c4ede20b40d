import type { Pair, Target } from './block.ts';
import { figuresOf, type NotJudged, type PairValues, targetsIn, valuesOf } from './metric-values.ts';
import { type GatePolicy, isGating, type MarginRule, METRIC_NAMES, type MetricName, marginFor } from './policy.ts';
import { differenceOn, type Scale, scaleOf } from './scale.ts';

/** One metric of one target over all pairs. */
export interface Column {
  readonly target: Target;
  readonly metric: MetricName;
  readonly rule: MarginRule;
  readonly isGating: boolean;
  /** false: nobody can wait until it is conclusive; it can still regress. */
  readonly mustConclude: boolean;
  readonly scale: Scale;
  /** Per pair, above 0 when the candidate is worse; undefined where the pair lacks it. */
  readonly differences: readonly (number | undefined)[];
  /** Of the pairs that have it. */
  readonly values: readonly PairValues[];
  /** Errors and requests of both sides; only of error rates. */
  readonly counts?: { readonly baseline: ErrorCount; readonly candidate: ErrorCount };
}

/** Errors of so many requests. */
export interface ErrorCount {
  readonly hits: number;
  readonly trials: number;
}

/** A metric that cannot be judged, and why. */
export interface RefusedColumn {
  readonly target: Target;
  readonly metric: MetricName;
  readonly isGating: boolean;
  readonly why: NotJudged;
}

/** Everything that the policy has a margin for, read from the pairs. */
export function columnsOf(
  pairs: readonly Pair[],
  policy: GatePolicy,
): { readonly columns: readonly Column[]; readonly refused: readonly RefusedColumn[] } {
  const columns: Column[] = [];
  const refused: RefusedColumn[] = [];
  for (const target of targetsIn(pairs)) {
    for (const metric of METRIC_NAMES) {
      const rule = marginFor(policy, target, metric);
      if (rule === undefined) continue;
      const column = columnOf(pairs, target, rule, policy);
      if ('why' in column) refused.push(column);
      else columns.push(column);
    }
  }
  return { columns, refused };
}

function columnOf(
  pairs: readonly Pair[],
  target: Target,
  rule: MarginRule,
  policy: GatePolicy,
): Column | RefusedColumn {
  const { metric } = rule;
  const same = { target, metric, isGating: isGating(policy, target, metric) };
  const read = valuesOf(pairs, target, metric);
  if (read.kind === 'not judged') return { ...same, why: read.why };
  const scale = scaleOf(rule);
  const differences = read.values.map((values) => values && differenceOn(scale, values.baseline, values.candidate));
  const values = read.values.filter((each, index) => each !== undefined && differences[index] !== undefined);
  // A value of 0 in one pair is as missing as no value: its ratio would be infinite.
  if (values.length < read.values.filter((each) => each !== undefined).length) {
    return { ...same, why: { kind: 'no ratio' } };
  }
  const counts = metric === 'error rate' ? countsOf(pairs, target) : undefined;
  return {
    ...same,
    rule,
    mustConclude:
      same.isGating &&
      (counts === undefined ? isBusy(pairs, target) : hasEnoughRequests(counts, pairs.length, rule, policy)),
    scale,
    differences,
    values: values.flatMap((each) => each ?? []),
    ...(counts === undefined ? {} : { counts }),
  };
}

function countsOf(pairs: readonly Pair[], target: Target): NonNullable<Column['counts']> {
  const count = (side: 'baseline' | 'candidate'): ErrorCount => {
    const figures = pairs.flatMap((pair) => figuresOf(pair[side], target) ?? []);
    return {
      hits: figures.reduce((sum, { errors }) => sum + errors, 0),
      trials: figures.reduce((sum, { requests }) => sum + requests, 0),
    };
  };
  return { baseline: count('baseline'), candidate: count('candidate') };
}

/**
 * Below so many values in a block, a median varies by 10 % and more from block to block: dozens of pairs could not rule a margin of
 * 5 % out, and one endpoint that is hardly used would keep every comparison from an answer.
 */
const BUSY = 100;

function isBusy(pairs: readonly Pair[], target: Target): boolean {
  return pairs.every(({ baseline, candidate }) =>
    [baseline, candidate].every((block) => (figuresOf(block, target)?.requests ?? 0) >= BUSY),
  );
}

/** Without a single error, this many over the margin still leave room for a rate of the margin: z² of the looks, rounded up. */
const REQUESTS_TIMES_MARGIN = 6;

/** Whether all requests up to the last look could rule the margin out, if not one of them fails. */
function hasEnoughRequests(
  { candidate }: NonNullable<Column['counts']>,
  pairs: number,
  { margin }: MarginRule,
  { looks }: GatePolicy,
): boolean {
  const atLastLook = (candidate.trials / pairs) * (looks.at(-1) ?? pairs);
  return atLastLook * margin >= REQUESTS_TIMES_MARGIN;
}
