import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late an event loop was, seen from anything that was due at a random moment. Milliseconds. */
export interface LoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** For how long anything due would have been begun later than the limit. */
  readonly lateMs: number;
}

/** Below 10 the clock itself costs more than half a per cent of a core. A stall shorter than this may fall between two ticks. */
const TICK_MS = 10;

const NS_PER_MS = 1e6;

/** Watches the event loop of this thread. */
export interface LoopClock {
  /** About the time since the last call. */
  take(spanMs: number): LoopDelay;
}

/** @param limitMs from when on the loop counts as late. */
export function startLoopClock(limitMs: number): LoopClock {
  const histogram = monitorEventLoopDelay({ resolution: TICK_MS });
  histogram.enable();
  return {
    take: (spanMs) => {
      const { count, mean } = histogram;
      const unseen = unseenStallMs(spanMs, count === 0 ? 0 : (count * mean) / NS_PER_MS);
      const delay = loopDelayOf([unseen, ...laterHalf(histogram)], spanMs, limitMs);
      histogram.reset();
      return delay;
    },
  };
}

/** How late the later half of the ticks came. Reading one costs some microseconds. */
function laterHalf(histogram: ReturnType<typeof monitorEventLoopDelay>): number[] {
  const { count } = histogram;
  return Array.from({ length: Math.ceil(count / 2) }, (_, index) =>
    Math.max(0, histogram.percentile((100 * (count - index)) / count) / NS_PER_MS - TICK_MS),
  );
}

/** The mean of a histogram is exact to a thousandth. */
const MEAN_ERROR = 0.001;

/**
 * A stall that no tick tells of: the histogram does not count the time from a reset to the next tick, nor that from the last
 * tick to now, each of which is at most one tick where nothing stalls.
 *
 * @param seenMs sum of the intervals between the ticks.
 */
export function unseenStallMs(spanMs: number, seenMs: number): number {
  return Math.max(0, spanMs * (1 - MEAN_ERROR) - seenMs - 2 * TICK_MS);
}

/**
 * Figures that weigh by time, not by tick: the clock does not tick inside a stall, and a stall of a second would weigh as
 * much as one of 20 ms. Each tick that came late by `d` therefore stands for those that it held up, late by d − 10, d − 20 …
 * (the correction for coordinated omission of HdrHistogram). Without bias: a stall of length L makes (L − x) ms late by more
 * than x.
 *
 * @param latenesses in milliseconds, of the later half of the ticks at least, in any order.
 * @param spanMs length of the time in which they came.
 */
export function loopDelayOf(latenesses: readonly number[], spanMs: number, limitMs: number): LoopDelay {
  const slots = Math.max(1, spanMs / TICK_MS);
  const seen = latenesses.flatMap(heldUp).toSorted((a, b) => b - a);
  const late = seen.findIndex((lateness) => lateness <= limitMs);
  return {
    p50Ms: seen[Math.floor(slots / 2)] ?? 0,
    p99Ms: seen[Math.floor(slots / 100)] ?? 0,
    maxMs: seen[0] ?? 0,
    lateMs: Math.min(spanMs, (late === -1 ? seen.length : late) * TICK_MS),
  };
}

/** The lateness of a tick, and that of each tick that would have come before it. */
function heldUp(lateness: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(lateness / TICK_MS)) }, (_, index) => lateness - index * TICK_MS);
}
