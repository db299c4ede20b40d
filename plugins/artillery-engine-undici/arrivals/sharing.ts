import { BroadcastChannel } from 'node:worker_threads';
import { type TurnPlan, turnChannel } from 'proving-ground/workload/schedule/index.ts';

/** A load generator that shares the time with another one. */
export interface Sharing {
  readonly plan: TurnPlan;
  /** Resolves as soon as it is known with when the first turn begins, in `performance.now()` milliseconds. */
  readonly startAt: Promise<number>;
}

/** Begins to listen for the start of the first turn, which is told before the load may begin. */
export function openSharing(plan: TurnPlan, runId: string): Sharing {
  const { promise, resolve } = Promise.withResolvers<number>();
  const channel = new BroadcastChannel(turnChannel(runId));
  channel.onmessage = (event) => {
    channel.close();
    resolve((event as { readonly data: number }).data - performance.timeOrigin);
  };
  channel.unref();
  return { plan, startAt: promise };
}
