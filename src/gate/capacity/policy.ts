import type { ProbitGrid } from '../../stats/index.ts';

/** All numbers of a search. Rates are arrivals per second. */
export interface CapacityPolicy {
  /** The first rate that is tried, above 0: one that the system is expected to sustain. */
  readonly fromPerSec: number;
  /** The highest rate that is tried. */
  readonly toPerSec: number;
  /** No trial goes further above the highest rate that was sustained than this factor, above 1. */
  readonly maxGrowth: number;
  /** A rate that the system is known to take, at least for some seconds: the growth begins there. */
  readonly easyPerSec?: number;
  /** So many trials are made one after the other before anybody looks at them, 1 or more. */
  readonly batch: number;
  /** Trials that count: no answer before `minTrials`, none sought after `maxTrials`. */
  readonly minTrials: number;
  readonly maxTrials: number;
  /** Done when the interval lies within this share of the estimate on both sides, 0–1. */
  readonly precision: number;
  /** An interval that reaches further than this share of the estimate is no answer, 0–1. */
  readonly widestAnswer: number;
  /** The probability within the interval, 0–1; docs/capacity.md says how often it holds the truth. */
  readonly intervalMass: number;
  /** Trials are made where at least this share of the most that one more can tell is expected, 0–1. */
  readonly gainShare: number;
}

/** docs/capacity.md says what these reach. */
export const DEFAULT_CAPACITY_POLICY: Omit<CapacityPolicy, 'fromPerSec' | 'toPerSec'> = {
  maxGrowth: 1.5,
  batch: 5,
  minTrials: 15,
  maxTrials: 30,
  precision: 0.04,
  widestAnswer: 0.2,
  intervalMass: 0.95,
  gainShare: 0.85,
};

/** Steps of half a percent: a tenth of what an answer has to be right to. */
const STEP = 0.005;
/** Grids reach this factor beyond the rates that are tried, so that an end is seen as one. */
const BEYOND = 1.25;

/** What is thought possible before the first trial: any capacity, each factor as likely as the next. In logs of the rate. */
export function priorOf({ fromPerSec, toPerSec }: CapacityPolicy): ProbitGrid {
  return {
    low: Math.log(fromPerSec / BEYOND),
    high: Math.log(toPerSec * BEYOND),
    step: STEP,
    widths: [0.008, 0.015, 0.025, 0.04, 0.06, 0.09, 0.14],
    lapses: [0.01, 0.04, 0.08, 0.13, 0.2],
    // Other work on the machine rather makes a trial fail that would have passed.
    lapsePasses: 0.25,
  };
}
