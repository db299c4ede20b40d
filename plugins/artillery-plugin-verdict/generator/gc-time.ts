import { PerformanceObserver } from 'node:perf_hooks';

/** Adds up how long this thread collected garbage. */
export interface GcTime {
  /** Milliseconds since the last call. */
  take(): number;
}

export function startGcTime(): GcTime {
  let totalMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) totalMs += duration;
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    take: () => {
      const ms = totalMs;
      totalMs = 0;
      return ms;
    },
  };
}
