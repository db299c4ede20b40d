import { trendOf } from '../../stats/index.ts';
import type { Candidate } from '../candidate.ts';
import { floorsOf, isRising } from '../level-floors.ts';
import type { Scene } from '../scene.ts';
import type { QueueSignal } from '../signals/store-signals.ts';
import { totalOf } from '../timeline.ts';
import { digits, duration, percent } from '../wording.ts';

/** By how much the oldest job gets older per time that passes: 1 − consumed by produced. */
const MIN_LAG_SLOPE = 0.1;

/** Jobs that wait at the end, at least, where only their number is known. */
const MIN_DEPTH = 10;

/** A consumer that is slower than what produces its work: the backlog grows as long as the load lasts. */
export function queueRule({ queues, timeline }: Scene): Candidate[] {
  return queues.flatMap((queue) => {
    const slope = queue.lagMs === undefined ? undefined : lagSlope(queue.lagMs.values, timeline.stepMs);
    const depth = queue.depth?.values;
    const isGrowing = depth === undefined || (isRising(floorsOf(depth)) && Math.max(...depth) >= MIN_DEPTH);
    if (!isGrowing || (slope === undefined ? depth === undefined : slope < MIN_LAG_SLOPE)) return [];
    // By Little's law, the number that waits is the time that they wait together.
    const lost = depth?.map((jobs) => jobs * timeline.stepMs) ?? new Float64Array(timeline.steps).fill(timeline.stepMs);
    return [
      {
        cause: 'slow consumer',
        title: `Work in the queue "${queue.name}" comes in faster than it is done`,
        lost,
        whole: lost.map((ms, step) => ms + (timeline.busyMs[step] ?? 0)),
        certainty: slope === undefined ? 'likely' : 'sure',
        subject: `the queue "${queue.name}"`,
        seen: seenOf(queue, slope),
      },
    ];
  });
}

/** While jobs wait; a lag that falls back again and again keeps up. */
function lagSlope(lagMs: Float64Array, stepMs: number): number {
  const { slope, p } = trendOf(floorsOf(lagMs));
  const stepsPerPart = lagMs.length / Math.min(10, lagMs.length);
  return p <= 0.01 ? slope / (stepsPerPart * stepMs) : 0;
}

function seenOf({ depth, lagMs }: QueueSignal, slope: number | undefined): Candidate['seen'] {
  return [
    ...(depth === undefined
      ? []
      : [
          {
            text: `up to ${digits(Math.max(...depth.values))} jobs waited, ${digits(totalOf(depth.values) / depth.values.length)} on average`,
            lane: depth.lane,
          },
        ]),
    ...(lagMs === undefined || slope === undefined
      ? []
      : [
          {
            text: `the oldest was up to ${duration(Math.max(...lagMs.values))} old: ${percent(Math.min(1, slope))} of the work stays behind`,
            lane: lagMs.lane,
          },
        ]),
  ];
}
