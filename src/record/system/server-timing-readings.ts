import type { Labels, Meaning, Reading } from './reading.ts';
import type { ServerTiming } from './server-timing.ts';

/**
 * What answers said of their own time in a span, as readings of that span: mean and longest of each part, and how many answers
 * said it.
 *
 * @param spanMs length of the span.
 */
export function timingReadings(timings: readonly ServerTiming[], spanMs: number): Reading[] {
  if (spanMs <= 0) return [];
  return timings.flatMap(({ endpoint, name, count, sumMs, maxMs }) => {
    const labels = { endpoint, part: name };
    return [
      gauge('server_timing.mean', labels, 'ms', sumMs / count, { resource: 'requests', aspect: 'duration' }),
      gauge('server_timing.max', labels, 'ms', maxMs),
      gauge('server_timing.answers', labels, '1/s', (count * 1000) / spanMs),
    ];
  });
}

function gauge(metric: string, labels: Labels, unit: string, value: number, meaning?: Meaning): Reading {
  return { kind: 'gauge', metric, labels, unit, value, meaning };
}
