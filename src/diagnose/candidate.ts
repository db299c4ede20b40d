import { ratioInterval } from '../stats/index.ts';
import type { Cause, Certainty, Observation, Share } from './answer.ts';
import type { Details } from './details.ts';
import { type Timeline, totalOf } from './timeline.ts';

/** What a rule found, before it is weighed against what others found. */
export interface Candidate {
  readonly cause: Cause;
  readonly title: string;
  /** What it costs, and of what, per step. */
  readonly lost: ArrayLike<number>;
  readonly whole: ArrayLike<number>;
  readonly certainty: Certainty;
  /** What it has to cost to be named, 0–1; undefined: as much as any cause. */
  readonly minShare?: number | undefined;
  readonly culprit?: string | undefined;
  readonly seen: readonly Observation[];
  /** What the advice is about: a table, a statement, a pool. */
  readonly subject: string;
  /** The same for whoever changes it. */
  readonly details?: Details;
  /** Of the time in which connections of a pool were held, which part goes into this, 0–1: callers of the pool wait for it. */
  readonly heldShare?: number;
  /** Causes that were seen as well and follow from this one. */
  readonly explains?: readonly Cause[];
}

/** What is lost as a share, within 0–1; undefined where there is nothing that it could be a share of. */
export function shareOf({ lost, whole }: Pick<Candidate, 'lost' | 'whole'>): Share | undefined {
  const interval = ratioInterval(lost, whole);
  if (interval === undefined) return undefined;
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  return { value: clamp(interval.ratio), low: clamp(interval.low), high: clamp(interval.high) };
}

/** Of all time, what something has to cost that is most of the time of its own endpoint: users of that endpoint feel it whatever others do. */
const MIN_SHARE_OF_ALL = 0.05;
const MIN_SHARE_OF_OWN = 0.5;

/** What has to be lost to name something that is known of one endpoint. undefined: as much as of any cause. @param ownMs what it costs the endpoint itself. */
export function minShareWithin(endpointBusyMs: ArrayLike<number>, ownMs: number): number | undefined {
  return ownMs >= MIN_SHARE_OF_OWN * totalOf(endpointBusyMs) && ownMs > 0 ? MIN_SHARE_OF_ALL : undefined;
}

/** Milliseconds per step by all the time of requests. */
export function ofRequestTime(lost: ArrayLike<number>, timeline: Timeline): Pick<Candidate, 'lost' | 'whole'> {
  return { lost, whole: timeline.busyMs };
}
