import type { Observation } from './answer.ts';
import { type Timeline, totalOf } from './timeline.ts';
import { digits } from './wording.ts';

/** Parts into which a run is cut to compare them. */
const PARTS = 12;

/** Requests on their way grow by this factor, while no more than this come back. */
const MIN_GROWTH = 2;
const MAX_MORE = 1.1;

/**
 * Throughput that stays level while more and more requests are on their way: the sign of a limit, whatever it is. undefined: not seen.
 */
export function ceilingSeen(timeline: Timeline): Observation | undefined {
  const { steps, stepMs } = timeline;
  const parts = Math.min(PARTS, steps);
  const byLoad = Array.from({ length: parts }, (_, part) => {
    const [from, to] = [Math.floor((part * steps) / parts), Math.floor(((part + 1) * steps) / parts)];
    const seconds = ((to - from) * stepMs) / 1000;
    return {
      ended: totalOf(timeline.ended.slice(from, to)) / seconds,
      inFlight: totalOf(timeline.busyMs.slice(from, to)) / (seconds * 1000),
    };
  }).toSorted((a, b) => a.inFlight - b.inFlight);
  const third = Math.floor(parts / 3);
  if (third === 0) return undefined;
  const mean = (from: number, key: 'ended' | 'inFlight'): number =>
    byLoad.slice(from, from + third).reduce((sum, part) => sum + part[key], 0) / third;
  const [middle, top] = [third, parts - third];
  const isGrowing = mean(top, 'inFlight') >= MIN_GROWTH * mean(middle, 'inFlight');
  if (!isGrowing || mean(top, 'ended') > MAX_MORE * mean(middle, 'ended')) return undefined;
  return {
    text: `no more than ${digits(mean(top, 'ended'))} requests a second came back, while those on their way grew from ${digits(mean(middle, 'inFlight'))} to ${digits(mean(top, 'inFlight'))}`,
  };
}
