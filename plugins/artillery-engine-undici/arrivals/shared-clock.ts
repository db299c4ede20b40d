/** What is shared with the clock thread. */
export interface ClockMemory {
  /** The time to ring at, in `monotonicMs`; Infinity: never. */
  readonly ringAt: Float64Array;
  /** Counts how often `ringAt` was set; the thread sleeps on it. */
  readonly orders: Int32Array;
}

/** The views of the memory that both threads use. */
export function clockMemory(buffer: SharedArrayBuffer): ClockMemory {
  return { ringAt: new Float64Array(buffer, 0, 1), orders: new Int32Array(buffer, 8, 1) };
}

/** How much memory that is, in bytes. */
export const CLOCK_MEMORY_BYTES = 16;

/** Milliseconds of the clock that all threads of a process share; `performance.now()` begins anew in each of them. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

const READINGS = 5;

/**
 * What to add to `performance.now()` of this thread to get `monotonicMs`. The two cannot be read at once, and the first
 * reading takes long; of several, the quickest counts.
 */
export function monotonicSinceOrigin(): number {
  const readings = Array.from({ length: READINGS }, () => {
    const before = monotonicMs();
    const origin = performance.now();
    const after = monotonicMs();
    return { tookMs: after - before, offsetMs: (before + after) / 2 - origin };
  });
  return readings.toSorted((a, b) => a.tookMs - b.tookMs)[0]?.offsetMs ?? 0;
}
