import { nonNegativeLeastSquares } from '../stats/index.ts';
import { type EndpointTimeline, sumOf, type Timeline, totalOf } from './timeline.ts';

/** What one request of an endpoint needs of a resource. */
export interface Demand {
  readonly endpoint: string;
  /** In the unit of what was measured, per request, at least 0. */
  readonly perRequest: number;
  /** Of all that was measured and depends on requests, 0–1. */
  readonly share: number;
}

/** How use of a resource comes about. */
export interface Demands {
  /** The greatest share first. */
  readonly demands: readonly Demand[];
  /** What requests explain of how it varied, 0–1; 0 where it did not vary. */
  readonly explained: number;
}

/** Enough for a dozen endpoints. */
const MOST_BINS = 48;

/** Steps in a bin at least: a look at the system falls somewhere into its step, and tells of the one before as well. */
const MIN_BIN_STEPS = 2;

/**
 * Service demand by endpoint: non-negative least squares of what a resource did on how many requests of each endpoint were worked on at
 * the same time (the utilisation law U = X·D for several classes; J. Rolia and V. Vetland, 1995). An endpoint that only waits while
 * another works has no demand: this tells the culprit from those that it delays. What goes on without requests has a column of its own.
 *
 * @param used per step, of the timeline.
 */
export function demandsOf(used: ArrayLike<number>, timeline: Timeline): Demands {
  const bins = Math.max(1, Math.min(MOST_BINS, Math.floor(timeline.steps / MIN_BIN_STEPS)));
  const target = binned(used, bins);
  const columns = timeline.endpoints.map(({ worked }) => binned(worked, bins));
  // Bins differ by a step in length: what goes on all the time is as long as they are.
  const stepsIn = binned(new Float64Array(timeline.steps).fill(1), bins);
  const { coefficients, residual } = nonNegativeLeastSquares([...columns, stepsIn], target);
  const mean = totalOf(target) / timeline.steps;
  const varied = target.reduce((sum, value, bin) => sum + (value - mean * (stepsIn[bin] ?? 0)) ** 2, 0);
  const parts = timeline.endpoints.map((endpoint, index) => {
    const perRequest = coefficients[index] ?? 0;
    return { endpoint: endpoint.name, perRequest, part: perRequest * totalOf(endpoint.worked) };
  });
  const all = parts.reduce((sum, { part }) => sum + part, 0);
  return {
    demands: parts
      .map(({ endpoint, perRequest, part }) => ({ endpoint, perRequest, share: all > 0 ? part / all : 0 }))
      .sort((a, b) => b.share - a.share),
    explained: varied > 1e-18 * totalOf(target) ** 2 ? Math.max(0, 1 - residual / varied) : 0,
  };
}

/**
 * What one request of an endpoint needs of a resource, told from all others together: few columns are told apart better than many.
 *
 * @param used per step, of the timeline.
 */
export function demandOf(
  used: ArrayLike<number>,
  endpoint: EndpointTimeline,
  timeline: Timeline,
): Demand & { readonly explained: number } {
  const others = timeline.endpoints.filter(({ name }) => name !== endpoint.name);
  const worked = sumOf(
    others.map((each) => each.worked),
    timeline.steps,
  );
  const two = { ...timeline, endpoints: [endpoint, { ...endpoint, name: '', worked }] };
  const { demands, explained } = demandsOf(used, two);
  const own = demands.find((each) => each.endpoint === endpoint.name);
  return { endpoint: endpoint.name, perRequest: own?.perRequest ?? 0, share: own?.share ?? 0, explained };
}

/** A series in fewer and longer steps, added up. */
export function binned(values: ArrayLike<number>, bins: number): Float64Array {
  const sums = new Float64Array(bins);
  for (let step = 0; step < values.length; step += 1) {
    const bin = Math.min(bins - 1, Math.floor((step * bins) / values.length));
    sums[bin] = (sums[bin] ?? 0) + (values[step] ?? 0);
  }
  return sums;
}
