import type { Source } from './calibrate.ts';
import type { PhaseKind } from './phase-spec.ts';

/** What a test will do, computed before it runs. All times are milliseconds since its first phase. */
export interface Plan {
  readonly test: {
    readonly file: string;
    readonly environment?: string | undefined;
    readonly target?: string | undefined;
  };
  /** How many workers Artillery will have something to do for. */
  readonly workers: number;
  /** Who starts the users: Artillery, with its rounding, or the engine of this project. */
  readonly startedBy: 'artillery' | 'undici';
  /** All phases together. */
  readonly durationMs: number;
  /** How long the last users are likely to go on after that. */
  readonly tailMs: number;
  readonly users: UserCount;
  readonly requests: Expectation & {
    /** Requests of the flows under `before` and `after`, which run once each and which Artillery does not count. */
    readonly once: number;
  };
  /** The most users that arrive within one second. */
  readonly peakArrivalsPerSec: number;
  /** Users at work at the same time; by Little's law, arrival rate times session length. */
  readonly concurrency: { readonly peak: number; readonly mean: number };
  readonly session: {
    readonly source: 'given' | 'yaml' | 'measured' | 'assumed';
    /** Mean over all users. */
    readonly meanMs: number;
    /** Assumed time from a request to its answer, where sessions are computed from the YAML. */
    readonly responseMs: number;
    /** Assumed time of a function, likewise. */
    readonly functionMs: number;
  };
  /** The run that was learned from, if any. */
  readonly measured?: { readonly run: string; readonly startedAt: string } | undefined;
  readonly phases: readonly PlannedPhase[];
  readonly journeys: readonly PlannedJourney[];
  /** Most requests first. */
  readonly endpoints: readonly PlannedEndpoint[];
  readonly timeline: {
    /** Width of an interval. */
    readonly binMs: number;
    /** Users let in per second, average of each interval. */
    readonly arrivalsPerSec: readonly number[];
    /** Average number of users at work in each interval. */
    readonly concurrency: readonly number[];
  };
  /** What a reader of the plan should know, in plain sentences. */
  readonly notes: readonly PlanNote[];
}

/** Users of a phase or of the test. */
export interface UserCount {
  /** Who arrives. */
  readonly arrivals: number;
  /** Of these, who is turned away because `maxVusers` are at work. */
  readonly skipped: number;
  /** Who is let in. */
  readonly started: number;
  /** Standard deviation by chance; 0 but for `mode: poisson`. */
  readonly deviation: number;
}

/** A number of requests to expect. */
export interface Expectation {
  readonly expected: number;
  /** If everything that the YAML leaves open adds nothing. Equal to `expected` where nothing is open. */
  readonly low: number;
  /** If it adds as much as it can; Infinity (null in JSON) where there is no limit. */
  readonly high: number;
  /** Standard deviation by chance: journeys, probabilities and random counts are drawn anew in each run. */
  readonly deviation: number;
}

export interface PlannedPhase {
  readonly index: number;
  readonly name: string;
  readonly kind: PhaseKind;
  readonly startMs: number;
  readonly durationMs: number;
  /** New users per second at the beginning and at the end; absent in a phase without arrivals. */
  readonly fromPerSec?: number | undefined;
  readonly toPerSec?: number | undefined;
  /** true: at random moments (`mode: poisson`). */
  readonly isRandom: boolean;
  readonly maxVusers?: number | undefined;
  readonly users: UserCount;
  readonly expectedRequests: number;
  readonly peakConcurrency: number;
  /** Journey by name → share of the new users, 0–1; only where the phase has a mix of its own. */
  readonly mix?: Readonly<Record<string, number>> | undefined;
}

export interface PlannedJourney {
  readonly name: string;
  /** Share of all users, 0–1. */
  readonly share: number;
  readonly users: number;
  readonly requestsPerUser: number;
  readonly sessionMs: number;
}

export interface PlannedEndpoint extends Expectation {
  /** The request's name, or method and URL as they stand in the YAML. */
  readonly endpoint: string;
  readonly source: Source;
}

export interface PlanNote {
  /** Stable; match on this, never on the text. */
  readonly code: string;
  readonly text: string;
}
