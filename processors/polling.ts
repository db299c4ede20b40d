/** Waiting for something that a system does in the background, by asking again and again. */
export interface Watch {
  /** When the wait began, on the clock of `performance.now()`. */
  readonly sinceMs: number;
  /** How often was asked. */
  looks: number;
}

const FIRST_PAUSE_MS = 50;
const GROWTH = 1.3;
const LONGEST_PAUSE_MS = 500;
const PATIENCE_MS = 20_000;
const MOST_LOOKS = 50;

/** A wait that begins at `sinceMs`. */
export function createWatch(sinceMs: number): Watch {
  return { sinceMs, looks: 0 };
}

/**
 * How long to wait before the next look: 50 ms at first, a third longer each time, at most half a second. What is
 * measured is at most one such pause longer than the truth.
 */
export function pauseMsBeforeLook(watch: Watch): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * GROWTH ** watch.looks);
}

/** True when it makes no sense to go on: after 20 s, or 50 looks. */
export function isHopeless(watch: Watch, nowMs: number): boolean {
  return watch.looks >= MOST_LOOKS || nowMs - watch.sinceMs > PATIENCE_MS;
}

/** Waits as long as `pauseMsBeforeLook` says. */
export function pauseBeforeLook(watch: Watch): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMsBeforeLook(watch)));
}
