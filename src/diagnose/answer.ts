import type { Details } from './details.ts';

/** What a run can be slow because of. The order is that of the documentation. */
export const CAUSES = [
  'missing index',
  'stale statistics',
  'n+1 queries',
  'pool too small',
  'connection leak',
  'lock contention',
  'slow downstream',
  'event loop blocked',
  'oversized payload',
  'cache disabled',
  'cache stampede',
  'memory leak',
  'slow consumer',
  'rate limit',
  'storage',
  'at capacity',
] as const;

/** The name of a cause: stable, also in JSON. */
export type Cause = (typeof CAUSES)[number];

/** How much speaks for a finding: it was measured as such; it fits, and little else does; or it was seen, and nobody can say what it costs. */
export type Certainty = 'sure' | 'likely' | 'possible';

/** Something that was seen, with its number, and where a reader finds it. */
export interface Observation {
  readonly text: string;
  /** Name of the metric whose lane shows it; absent: the requests themselves. */
  readonly lane?: string;
}

/** A share with its interval of 95 %, all 0–1. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** An interval that is wider leaves open whether something is a small part of the time or most of it. */
const MAX_WIDTH = 0.6;

/** Whether a share is so uncertain that its figure says nothing: then it is not shown, and its finding is less certain. */
export function isVague({ low, high }: Share): boolean {
  return high - low > MAX_WIDTH;
}

/** One answer to the question why. */
export interface Finding {
  readonly cause: Cause;
  /** One line that names it: `Search waits for a full scan of documents`. */
  readonly title: string;
  /** Of all the time that requests (and jobs) took, or, where requests are refused, of all requests: what it costs. */
  readonly share: Share;
  readonly certainty: Certainty;
  /** The endpoint whose own work it is; undefined: not of one endpoint. */
  readonly culprit: string | undefined;
  /** Endpoints that only wait for it. */
  readonly delayed: readonly string[];
  readonly seen: readonly Observation[];
  readonly why: string;
  readonly todo: string;
  readonly verify: string;
  /** What else was seen, and follows from this. */
  readonly consequences: readonly Cause[];
  /** What it is about, where that is known. */
  readonly details?: Details;
}

/** Why a run is slow, or that it is not, or that nobody can tell. */
export type Diagnosis = Answer & {
  /** What makes the figures less certain; absent: nothing does. */
  readonly caution?: string;
};

type Answer =
  | { readonly answer: 'no data'; readonly reason: string }
  /** The generator was the bottleneck: nothing can be said about the system. */
  | { readonly answer: 'generator'; readonly reason: string; readonly todo: string }
  | { readonly answer: 'no bottleneck'; readonly reason: string; readonly seen: readonly Observation[] }
  | { readonly answer: 'bottleneck'; readonly findings: readonly [Finding, ...Finding[]] }
  /** It is slow, and what was measured does not say why. */
  | {
      readonly answer: 'not determined';
      readonly reason: string;
      readonly seen: readonly Observation[];
      readonly todo: string;
    };
