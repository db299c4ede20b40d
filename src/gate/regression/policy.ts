import { type Look, type LookShape, plannedLooks } from '../../stats/index.ts';
import type { Target } from './block.ts';

/** What is compared of a target. */
export type MetricName = 'p50' | 'p95' | 'p99' | 'mean' | 'error rate' | 'throughput';

/** In the order of the tables. */
export const METRIC_NAMES: readonly MetricName[] = ['p50', 'p95', 'p99', 'mean', 'error rate', 'throughput'];

/** How much worse is too much. Fixed before the run. */
export interface MarginRule {
  readonly metric: MetricName;
  /** Absent: of every target but custom metrics. */
  readonly target?: Target;
  /** A share, 0.05 for 5 %; of an error rate the difference, 0.005 for half a percentage point. Above 0. */
  readonly margin: number;
  /** Which direction is worse. Absent: less for throughput, more for everything else. */
  readonly worse?: 'more' | 'less';
}

/** All numbers that decide. */
export interface GatePolicy {
  /** The last one that fits counts. A custom metric without one of its own is shown and decides nothing. */
  readonly margins: readonly MarginRule[];
  /** Metrics that decide; the others are shown. */
  readonly gating: readonly MetricName[];
  /** Kinds of targets that decide. */
  readonly gatingKinds: readonly Target['kind'][];
  /** After how many healthy pairs it may decide, ascending. */
  readonly looks: readonly number[];
  readonly lookShape: LookShape;
  /** Chance of any false `regressed`, one-sided, over all looks, endpoints and metrics. */
  readonly alpha: number;
  /** Chance of ruling the margin out wrongly for one metric at one look, one-sided: 0.025 for the interval of 95 % that is shown. */
  readonly passLevel: number;
  /** From which share of the margin on a certain slow-down is an alarm, 0–1. */
  readonly alarmShare: number;
  /** A block whose requests were begun later than this at p99 is spoiled, milliseconds. */
  readonly maxLatenessP99Ms: number;
  /** More pairs dropped than this say nothing, 0–1. */
  readonly maxDroppedShare: number;
  /** Below this p-value spoiled blocks are not spread evenly over the two sides. */
  readonly dropImbalance: number;
}

/** docs/gate-method.md and docs/adr/010 argue for these. */
export const DEFAULT_POLICY: GatePolicy = {
  margins: [
    { metric: 'p50', margin: 0.05 },
    { metric: 'mean', margin: 0.05 },
    { metric: 'throughput', margin: 0.05 },
    { metric: 'p95', margin: 0.1 },
    { metric: 'p99', margin: 0.2 },
    { metric: 'error rate', margin: 0.005 },
  ],
  gating: ['p50', 'p95', 'error rate', 'throughput'],
  gatingKinds: ['endpoint', 'custom metric'],
  looks: [12, 18, 24],
  lookShape: 'pocock',
  alpha: 0.02,
  passLevel: 0.025,
  alarmShare: 0.5,
  maxLatenessP99Ms: 10,
  maxDroppedShare: 0.4,
  dropImbalance: 0.05,
};

/** What holds for one metric of one target; undefined: nobody asked for it. */
export function marginFor(policy: GatePolicy, target: Target, metric: MetricName): MarginRule | undefined {
  return policy.margins.findLast((rule) => {
    if (rule.metric !== metric) return false;
    if (rule.target === undefined) return target.kind !== 'custom metric';
    return rule.target.kind === target.kind && rule.target.name === target.name;
  });
}

/** Whether this metric of this target takes part in the answer. */
export function isGating(policy: GatePolicy, target: Target, metric: MetricName): boolean {
  // All requests together hide which endpoint is slower; whether they are answered at all, they tell best.
  if (target.kind === 'all requests') return metric === 'error rate' && policy.gating.includes(metric);
  if (!policy.gatingKinds.includes(target.kind)) return false;
  // Whoever gave a custom metric a margin wants it to decide.
  return target.kind === 'custom metric' || policy.gating.includes(metric);
}

const levels = new Map<string, readonly Look[]>();

/** The looks of a policy with the level of each. */
export function looksOf({ looks, lookShape, alpha }: GatePolicy): readonly Look[] {
  const key = JSON.stringify([looks, lookShape, alpha]);
  const known = levels.get(key) ?? plannedLooks(looks, lookShape, alpha);
  levels.set(key, known);
  return known;
}
