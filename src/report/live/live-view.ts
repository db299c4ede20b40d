import type { RuleResult } from '../../record/index.ts';

/** What is shown of a run while it goes on. Everything "recent" is of the last ten seconds. */
export interface LiveView {
  /** Undefined: before the first phase, between two, or after the last, while users finish. */
  readonly phase: LivePhase | undefined;
  /** Whether a phase has begun. */
  readonly hasBegun: boolean;
  /** Since the first phase began, and how long all phases take. */
  readonly elapsedMs: number;
  readonly plannedMs: number;
  readonly users: {
    readonly planned: number;
    /** Those turned away by `maxVusers` among them. */
    readonly arrived: number;
    readonly atWork: number;
    readonly recentPlannedPerSec: number;
    readonly recentPerSec: number;
  };
  readonly requests: {
    readonly total: number;
    /** Without an answer, or with a 5xx answer. */
    readonly failed: number;
    readonly recent: number;
    readonly recentFailed: number;
    readonly recentPerSec: number;
  };
  /** Of recent requests; undefined: there are none. */
  readonly times: LiveTimes | undefined;
  /** The rules as they stand. */
  readonly rules: readonly RuleResult[];
  /** Undefined: no worker has told anything yet. */
  readonly generator: LiveGenerator | undefined;
}

/** The phase that is under way. */
export interface LivePhase {
  readonly name: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly elapsedMs: number;
  readonly durationMs: number;
}

/** Quantiles in milliseconds. */
export interface LiveTimes {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** `response`: from due to the last byte, exact. `first byte`: from the sending, within 1 %. */
  readonly kind: 'response' | 'first byte';
}

/** How the generator did recently; the worst of the workers. */
export interface LiveGenerator {
  readonly keepsUp: boolean;
  /** Of the event loop, 0–1. */
  readonly utilisation: number;
  /** Share of the time in which the event loop was late, 0–1. */
  readonly lateShare: number;
  /** Undefined: the engine does not tell. */
  readonly sendLagP99Ms: number | undefined;
}
