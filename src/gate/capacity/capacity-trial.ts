import type { CapacityTrial } from './capacity-record.ts';
import type { RateTrial } from './search.ts';
import { reasonText, type TrialMeasures } from './trial-of-run.ts';

/** Which trial it is. */
export type TrialPlace = Pick<CapacityTrial, 'number' | 'kind' | 'ratePerSec' | 'holdSec'>;

/** Puts what was measured of a rate into the form of `capacity.json`. */
export function capacityTrial(place: TrialPlace, measures: TrialMeasures): CapacityTrial {
  const { verdict, duePerSec, donePerSec, inFlight, clauses, endpoints, latenessP99Ms } = measures;
  return {
    ...place,
    result: verdict.kind,
    reasons: reasonsOf(verdict),
    achievedPerSec: place.ratePerSec * Math.min(1, duePerSec > 0 ? donePerSec / duePerSec : 0),
    requestsDuePerSec: duePerSec,
    requestsDonePerSec: donePerSec,
    inFlight,
    ...(latenessP99Ms === undefined ? {} : { latenessP99Ms }),
    clauses: clauses.map(({ clause, observed, upper }) => ({
      clause: clause.text,
      ...(observed === undefined ? {} : { observed }),
      ...(upper === undefined ? {} : { upper }),
      limit: clause.limit,
    })),
    endpoints: endpoints.map(({ p95Ms, ...rest }) => ({ ...rest, ...(p95Ms === undefined ? {} : { p95Ms }) })),
  };
}

/** What the search learns from trials: those that are void count for nothing. */
export function rateTrials(trials: readonly CapacityTrial[]): RateTrial[] {
  return trials
    .filter(({ kind, result }) => kind === 'search' && result !== 'void')
    .map(({ ratePerSec, result }) => ({ ratePerSec, isSustained: result === 'sustained' }));
}

function reasonsOf(verdict: TrialMeasures['verdict']): string[] {
  switch (verdict.kind) {
    case 'sustained':
      return [];
    case 'broken':
      return verdict.reasons.map(reasonText);
    case 'void':
      return [...verdict.why];
  }
}
