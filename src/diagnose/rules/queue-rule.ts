import { quantileOfSorted, trendOf } from '../../stats/index.ts';
import type { Candidate } from '../candidate.ts';
import { floorsOf, isRising } from '../level-floors.ts';
import type { Scene } from '../scene.ts';
import type { QueueSignal } from '../signals/store-signals.ts';
import { type Timeline, totalOf } from '../timeline.ts';
import { digits, duration, percent } from '../wording.ts';

/** By how much the oldest job gets older per time that passes: 1 − consumed by produced. */
const MIN_LAG_SLOPE = 0.1;

/** Jobs that wait at the most, at least: more where only their number is known, and not how long they wait. */
const MIN_DEPTH = 10;
const MIN_DEPTH_WITH_LAG = 5;

/** Of the requests of a busy step (the third quartile), what a step has to have for the load to last. */
const MIN_LOAD = 0.5;

/** A consumer that is slower than what produces its work: the backlog grows as long as the load lasts. */
export function queueRule({ queues, timeline }: Scene): Candidate[] {
  const until = endOfLoad(timeline);
  return queues.flatMap((queue) => {
    const slope = queue.lagMs === undefined ? undefined : lagSlope(queue.lagMs.values.slice(0, until), timeline.stepMs);
    const depth = queue.depth?.values;
    const isBehind = slope === undefined ? isGrowing(depth?.slice(0, until)) : slope >= MIN_LAG_SLOPE;
    const least = slope === undefined ? MIN_DEPTH : MIN_DEPTH_WITH_LAG;
    if (!isBehind || (depth !== undefined && Math.max(...depth) < least)) return [];
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

/** Where the work comes in batches, the number that waits may fall between two of them while the oldest gets older; so it is asked only where no age is known. */
function isGrowing(depth: Float64Array | undefined): boolean {
  return depth !== undefined && isRising(floorsOf(depth));
}

/** Steps up to the last one with much to do. Afterwards a backlog is worked off, while a few people still look for results. */
function endOfLoad({ due }: Timeline): number {
  const busy = quantileOfSorted(Float64Array.from(due).sort(), 0.75);
  return 1 + due.findLastIndex((count) => count >= MIN_LOAD * busy);
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
