import { readFileSync } from 'node:fs';
import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { GeneratorSecond } from 'proving-ground/record/index.ts';
import { mergeSketches, quantileOf, type Sketch } from 'proving-ground/stats/sketch.ts';
import { startGcTime } from './gc-time.ts';
import { startLoopClock } from './loop-delay.ts';
import { runQueueWaitMs } from './proc-files.ts';

/** Looks at the worker it runs in. Everything is about the time since the last look. */
export interface WorkerProbe {
  /**
   * @param counters that were counted since the last call.
   * @param sendLags histograms of `generator.send_lag` since the last call, of engines that measure it.
   * @returns `at` in milliseconds since the epoch; undefined: too soon after the last look, what was given is kept for the next.
   */
  look(counters: Readonly<Record<string, number>>, sendLags: readonly Sketch[]): GeneratorSecond | undefined;
}

/** Two flushes can follow each other at once; shares of a few milliseconds say nothing. */
const MIN_SPAN_MS = 50;

const BYTES_PER_MB = 1024 * 1024;

/**
 * Starts to look. Costs less than half a per cent of a core (docs/validity.md): the clock of the event loop ticks 100
 * times a second, everything else is read once a second.
 *
 * @param worker its number, from 1. @param limitMs from when on something counts as late.
 */
export function startWorkerProbe(worker: number, limitMs: number): WorkerProbe {
  const clock = startLoopClock(limitMs);
  const gc = startGcTime();
  let last = readThread();
  let arrivals = 0;
  let sendLag: Sketch | undefined;

  function secondUntil(now: ThreadReading): GeneratorSecond {
    const spanMs = now.timeMs - last.timeMs;
    const share = (ms: number): number => round(Math.min(1, Math.max(0, ms / spanMs)), 4);
    const delay = clock.take(spanMs);
    return {
      at: performance.timeOrigin + last.timeMs,
      spanMs: round(spanMs, 1),
      worker,
      utilisation: round(performance.eventLoopUtilization(now.loop, last.loop).utilization, 4),
      delayP50Ms: round(delay.p50Ms, 2),
      delayP99Ms: round(delay.p99Ms, 2),
      delayMaxMs: round(delay.maxMs, 2),
      lateMs: round(delay.lateMs, 0),
      cpu: share(now.cpuMs - last.cpuMs),
      waiting: now.waitMs === undefined || last.waitMs === undefined ? null : share(now.waitMs - last.waitMs),
      gc: share(gc.take()),
      heapMb: round(getHeapStatistics().used_heap_size / BYTES_PER_MB, 0),
      arrivals,
      ...sendLagFigures(sendLag),
    };
  }

  return {
    look: (counters, sendLags) => {
      arrivals += (counters['vusers.created'] ?? 0) + (counters['vusers.skipped'] ?? 0);
      for (const sketch of sendLags) sendLag = sendLag === undefined ? sketch : mergeSketches(sendLag, sketch);
      const now = readThread();
      if (now.timeMs - last.timeMs < MIN_SPAN_MS) return undefined;
      const second = secondUntil(now);
      last = now;
      arrivals = 0;
      sendLag = undefined;
      return second;
    },
  };
}

interface ThreadReading {
  readonly timeMs: number;
  readonly loop: EventLoopUtilization;
  readonly cpuMs: number;
  readonly waitMs: number | undefined;
}

function readThread(): ThreadReading {
  const { user, system } = process.threadCpuUsage();
  return {
    timeMs: performance.now(),
    loop: performance.eventLoopUtilization(),
    cpuMs: (user + system) / 1000,
    waitMs: readWait(),
  };
}

/** Linux counts for every thread how long it stood in the queue for a processor. */
function readWait(): number | undefined {
  try {
    return runQueueWaitMs(readFileSync('/proc/thread-self/schedstat', 'utf8'));
  } catch {
    return undefined;
  }
}

function sendLagFigures(sketch: Sketch | undefined): Partial<GeneratorSecond> {
  if (sketch === undefined || sketch.count === 0) return {};
  return { sendLagP99Ms: round(quantileOf(sketch, 0.99), 2), sendLagMaxMs: round(sketch.max, 2) };
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
