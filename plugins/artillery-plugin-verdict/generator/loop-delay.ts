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
      const delay = loopDelayOf(fromTheLatest(histogram), spanMs, limitMs);
      histogram.reset();
      return delay;
    },
  };
}

/** How late each tick came, the latest first. Reading one costs some microseconds, so only those that are needed are read. */
function* fromTheLatest(histogram: ReturnType<typeof monitorEventLoopDelay>): Generator<number> {
  const { count } = histogram;
  for (let rank = count; rank > 0; rank -= 1) {
    yield Math.max(0, histogram.percentile((100 * rank) / count) / NS_PER_MS - TICK_MS);
  }
}

/**
 * Figures that weigh by time, not by tick: the clock does not tick inside a stall, and a stall of a second would weigh as
 * much as one of 20 ms. Each tick that came late by `d` therefore stands for those that it held up, late by d − 10, d − 20 …
 * (the correction for coordinated omission of HdrHistogram). Without bias: a stall of length L makes (L − x) ms late by more
 * than x.
 *
 * @param latenesses of each tick in milliseconds, the greatest first.
 * @param spanMs length of the time in which they came.
 */
export function loopDelayOf(latenesses: Iterable<number>, spanMs: number, limitMs: number): LoopDelay {
  const slots = Math.max(1, spanMs / TICK_MS);
  const seen: number[] = [];
  for (const lateness of latenesses) {
    // From here on all are in time, and the half and the hundredth that count are known.
    if (lateness <= limitMs && seen.length > slots / 2) break;
    for (let held = lateness; held > 0 || held === lateness; held -= TICK_MS) seen.push(held);
  }
  seen.sort((a, b) => b - a);
  const late = seen.findIndex((lateness) => lateness <= limitMs);
  return {
    p50Ms: seen[Math.floor(slots / 2)] ?? 0,
    p99Ms: seen[Math.floor(slots / 100)] ?? 0,
    maxMs: seen[0] ?? 0,
    lateMs: Math.min(spanMs, (late === -1 ? seen.length : late) * TICK_MS),
  };
}
