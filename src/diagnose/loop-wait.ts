import { quantileOfSorted } from '../stats/index.ts';
import { type EndpointTimeline, type Timeline, totalOf } from './timeline.ts';

/** Near 1, waiting grows beyond what the formula knows: a run has an end. */
const MAX_UTILISATION = 0.95;

/**
 * How long anybody waits for stretches of work that others need: the formula of Pollaczek and Khinchine for a single server,
 * λ·d²/2/(1 − utilisation). Milliseconds.
 *
 * @param perRequestMs what one request of the culprit works at a stretch. @param utilisation of the loop, 0–1.
 */
export function stretchWait(
  culprit: EndpointTimeline,
  perRequestMs: number,
  utilisation: number,
  timeline: Timeline,
): number {
  const perMs = culprit.count / (timeline.steps * timeline.stepMs);
  return (perMs * perRequestMs ** 2) / 2 / (1 - Math.min(MAX_UTILISATION, utilisation));
}

/** The mean of a level as requests meet it: weighted by how many are on their way. */
export function asRequestsMeet(values: Float64Array, { busyMs }: Timeline): number {
  return totalOf(values.map((value, step) => value * (busyMs[step] ?? 0))) / (totalOf(busyMs) || 1);
}

/** The median answer of all, from the medians of endpoints by their number; milliseconds. */
export function medianAnswer({ endpoints }: Timeline): number {
  const answered = endpoints.filter(({ sortedMs }) => sortedMs.length > 0);
  const count = answered.reduce((sum, each) => sum + each.count, 0) || 1;
  return answered.reduce((sum, { sortedMs, count: own }) => sum + (own / count) * quantileOfSorted(sortedMs, 0.5), 0);
}
