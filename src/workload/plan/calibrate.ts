import type { Journey } from './journeys.ts';
import type { MeasuredRun } from './measured-run.ts';
import { type Count, sumOfCounts } from './tally.ts';

/** Where an expected number of requests comes from: the YAML says it, a run showed it, or an assumption was made. */
export type Source = 'yaml' | 'measured' | 'assumed';

/** Requests of one endpoint by one user of one journey. */
export interface CalibratedCount extends Count {
  readonly source: Source;
}

/** Requests of one user of one journey. */
export interface UserDemand {
  readonly endpoints: ReadonlyMap<string, CalibratedCount>;
  readonly total: Count;
}

/**
 * Replaces what the YAML does not say about the requests of an endpoint by what a run showed. Per user, an endpoint has a
 * certain part and an uncertain one (conditions, loops that ask a function). The uncertain part of all journeys gets one
 * factor, such that the plan would have given the run's number of requests for the run's users.
 *
 * @returns for each journey, in order, what one of its users sends.
 */
export function calibrate(journeys: readonly Journey[], measured: MeasuredRun | undefined): UserDemand[] {
  const factors = new Map<string, number | undefined>();
  const factorOf = (label: string): number | undefined => {
    if (!factors.has(label)) factors.set(label, measured && factorFrom(label, journeys, measured));
    return factors.get(label);
  };
  return journeys.map(({ tally }) => {
    const endpoints = new Map(
      [...tally.endpoints].map(([label, count]) => [label, calibrated(count, () => factorOf(label))] as const),
    );
    const total = sumOfCounts([...endpoints.values()]);
    // Endpoints of one user go up and down together, so that their variances do not add up to that of the whole.
    const variance = tally.total.mean === 0 ? 0 : tally.total.variance * (total.mean / tally.total.mean);
    return { endpoints, total: { ...total, variance } };
  });
}

/** An endpoint that was assumed to get this many requests, and got none, is taken not to get any. */
const ENOUGH_TO_MISS = 10;

function factorFrom(label: string, journeys: readonly Journey[], measured: MeasuredRun): number | undefined {
  const requests = measured.requestsOf(label);
  let [certain, uncertain] = [0, 0];
  for (const { metricName, tally } of journeys) {
    const count = tally.endpoints.get(label);
    if (count === undefined) continue;
    const users = measured.usersOf(metricName);
    certain += users * count.low;
    uncertain += users * (count.mean - count.low);
  }
  if (requests === undefined || uncertain === 0) return undefined;
  // Too few users had the chance for their silence to mean anything.
  if (requests === 0 && uncertain < ENOUGH_TO_MISS) return undefined;
  return Math.max(0, (requests - certain) / uncertain);
}

function calibrated(count: Count, factorOf: () => number | undefined): CalibratedCount {
  if (count.low === count.high) return { ...count, source: 'yaml' };
  const factor = factorOf();
  if (factor === undefined) return { ...count, source: 'assumed' };
  const mean = count.low + factor * (count.mean - count.low);
  return { mean, low: mean, high: mean, variance: count.variance * factor, source: 'measured' };
}
