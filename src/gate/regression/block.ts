/** The two things that are compared. */
export type Side = 'baseline' | 'candidate';

/** Of what something was measured. */
export interface Target {
  readonly kind: 'all requests' | 'endpoint' | 'journey' | 'custom metric';
  /** As the test names it; of all requests any. */
  readonly name: string;
}

/** Quantiles of Hyndman and Fan's type 7, in milliseconds or in the unit of the custom metric. */
export interface Distribution {
  /** Values, at least 1. */
  readonly count: number;
  readonly p10: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly mean: number;
}

/** What a block measured of one target. */
export interface TargetFigures {
  readonly target: Target;
  /** Requests of an endpoint, runs of a journey; values of a custom metric. */
  readonly requests: number;
  /** Requests without an answer or with a 5xx answer, runs that failed; 0 of a custom metric. */
  readonly errors: number;
  /** From the moment it was due; values of a custom metric. Absent: nothing was answered. */
  readonly response?: Distribution;
  /** From when work on it began. It tells the culprit from those it delays; absent where it is not measured. */
  readonly service?: Distribution;
}

/** How the generator was while a block ran. */
export interface BlockHealth {
  /** p99 of how late requests were begun, milliseconds, from 0. Absent: nobody measured it, and the block is not trusted. */
  readonly latenessP99Ms?: number;
  /** Why the run of the block is not valid, in the words of its findings; empty when it is. */
  readonly faults: readonly string[];
}

/** One short run of one side. */
export interface Block {
  readonly side: Side;
  /** Number of its pair, from 0. */
  readonly pair: number;
  /** Whether it had the first turn or the other block of its pair. */
  readonly place: 'first' | 'second';
  /** Of arrivals, journeys and data: the same in both blocks of a pair. */
  readonly seed: string;
  /** Seconds that were measured, above 0, warm-up not among them. */
  readonly durationSec: number;
  readonly health: BlockHealth;
  readonly figures: readonly TargetFigures[];
}

/** Two blocks that ran beside each other, in turns, under the same load. */
export interface Pair {
  readonly baseline: Block;
  readonly candidate: Block;
}

/** Whether two targets are the same. */
export function isSameTarget(a: Target, b: Target): boolean {
  return a.kind === b.kind && a.name === b.name;
}
