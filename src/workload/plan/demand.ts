import type { Source, UserDemand } from './calibrate.ts';
import { expectedOf, type PhaseUsers } from './expectation.ts';
import type { Journey } from './journeys.ts';
import type { Expectation, PlannedEndpoint, PlannedJourney } from './plan-types.ts';
import { sumOfCounts } from './tally.ts';

/** What is worse known decides for the whole. */
const SOURCES: readonly Source[] = ['yaml', 'measured', 'assumed'];

/** All requests of a test. */
export function expectedRequests(demands: readonly UserDemand[], phases: readonly PhaseUsers[]): Expectation {
  const perUser = demands.map(({ total }) => total);
  return expectedOf(perUser, phases);
}

/** Requests by endpoint, most first. */
export function plannedEndpoints(demands: readonly UserDemand[], phases: readonly PhaseUsers[]): PlannedEndpoint[] {
  const labels = new Set(demands.flatMap(({ endpoints }) => [...endpoints.keys()]));
  const planned = [...labels].map((endpoint) => {
    const perUser = demands.map(({ endpoints }) => endpoints.get(endpoint) ?? sumOfCounts([]));
    const sources = demands.map(({ endpoints }) => SOURCES.indexOf(endpoints.get(endpoint)?.source ?? 'yaml'));
    const source = SOURCES[Math.max(...sources)] ?? 'assumed';
    return { endpoint, ...expectedOf(perUser, phases), source };
  });
  return planned.toSorted((a, b) => b.expected - a.expected);
}

/** What becomes of each journey. @param sessionMs how long a user of each stays. */
export function plannedJourneys(
  journeys: readonly Journey[],
  demands: readonly UserDemand[],
  phases: readonly PhaseUsers[],
  sessionMs: readonly number[],
): PlannedJourney[] {
  const total = phases.reduce((sum, { started }) => sum + started, 0);
  return journeys.map(({ name }, index) => {
    const users = phases.reduce((sum, { started, shares }) => sum + started * (shares[index] ?? 0), 0);
    return {
      name,
      share: total === 0 ? 0 : users / total,
      users,
      requestsPerUser: demands[index]?.total.mean ?? 0,
      sessionMs: sessionMs[index] ?? 0,
    };
  });
}
