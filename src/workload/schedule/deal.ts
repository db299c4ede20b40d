/** Which worker of how many. */
export interface WorkerPlace {
  /** From 1. */
  readonly worker: number;
  readonly workers: number;
}

/**
 * How many workers users of a phase are dealt to: all, unless `maxVusers` has too few places for that. (A worker that may
 * let in nobody would turn its users away while others have room.) Artillery itself loses the users of such a worker.
 *
 * @param maxVusers of the whole phase; Infinity without a limit.
 */
export function activeWorkers(maxVusers: number, workers: number): number {
  return Math.max(1, Math.min(workers, Math.floor(maxVusers)));
}

/** How many users one worker may have at work, if `maxVusers` are allowed together. Infinity without a limit. */
export function capOf(maxVusers: number, { worker, workers }: WorkerPlace): number {
  if (maxVusers === Infinity) return Infinity;
  const active = activeWorkers(maxVusers, workers);
  const share = Math.floor(maxVusers / active);
  return worker > active ? 0 : share + (worker <= Math.floor(maxVusers) % active ? 1 : 0);
}
