import { BroadcastChannel } from 'node:worker_threads';
import { turnChannel } from 'proving-ground/workload/schedule/index.ts';

/**
 * When the first turn begins, in `performance.now()` milliseconds: told once, after this was called and before the load may begin, to all
 * workers of a run.
 */
export function firstTurn(runId: string): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const channel = new BroadcastChannel(turnChannel(runId));
  channel.onmessage = (event) => {
    channel.close();
    resolve((event as { readonly data: number }).data - performance.timeOrigin);
  };
  channel.unref();
  return promise;
}
