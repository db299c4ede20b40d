import type { Scene } from './scene.ts';
import type { PoolSignal } from './signals/store-signals.ts';
import { totalOf } from './timeline.ts';

/** The pool whose callers waited the longest. */
export interface CrowdedPool {
  readonly pool: PoolSignal;
  /** Waiting of all callers, milliseconds per step. */
  readonly waitMs: Float64Array;
  /** Time in which its connections were held, milliseconds per step; undefined: not measured. */
  readonly heldMs: Float64Array | undefined;
  readonly lane: string;
}

/** undefined: nobody waited, or nobody looked. */
export function crowdedPool({ pools, timeline }: Scene): CrowdedPool | undefined {
  const { stepMs } = timeline;
  const all = pools.map((pool): CrowdedPool => {
    // By Little's law, how many wait is how long they wait: whichever of both was seen.
    const gauged = pool.waiting?.values.map((waiting) => waiting * stepMs);
    const measured = pool.waitedMs?.values;
    const isMeasured = totalOf(measured ?? []) >= totalOf(gauged ?? []);
    const waitMs = (isMeasured ? measured : gauged) ?? new Float64Array(timeline.steps);
    const lane = (isMeasured ? pool.waitedMs : pool.waiting)?.lane ?? '';
    return { pool, waitMs, heldMs: pool.used?.values.map((used) => used * stepMs), lane };
  });
  return all.filter(({ waitMs }) => totalOf(waitMs) > 0).toSorted((a, b) => totalOf(b.waitMs) - totalOf(a.waitMs))[0];
}

/** Steps in which callers wait, as a filter. */
export function crowdedSteps({ waitMs }: CrowdedPool): (value: number, step: number) => number {
  return (value, step) => ((waitMs[step] ?? 0) > 0 ? value : 0);
}

/** Work of connections, with what callers of the pool wait because of it. */
export interface HeldWork {
  readonly lost: Float64Array;
  /** Of the time in which connections were held while callers waited, 0–1. */
  readonly heldShare: number;
}

/**
 * Whoever waits for a connection waits for those who hold one: the waiting is theirs, in proportion to what they do meanwhile.
 *
 * @param workMs what connections spent on it, milliseconds per step.
 */
export function withPoolWait(scene: Scene, workMs: Float64Array): HeldWork {
  const crowded = crowdedPool(scene);
  if (crowded === undefined) return { lost: workMs, heldShare: 0 };
  const only = crowdedSteps(crowded);
  const { waitMs } = crowded;
  // Without the number of connections, all of the time that requests are not waiting may be held time.
  const held = crowded.heldMs ?? scene.timeline.busyMs.map((busy, step) => Math.max(0, busy - (waitMs[step] ?? 0)));
  const heldTotal = totalOf(held.map(only));
  const heldShare = heldTotal > 0 ? Math.min(1, totalOf(workMs.map(only)) / heldTotal) : 0;
  return { lost: workMs.map((work, step) => work + heldShare * (waitMs[step] ?? 0)), heldShare };
}
