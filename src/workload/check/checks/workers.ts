import type { Cursor } from '../cursor.ts';
import { atValue, type Finding } from '../finding.ts';
import { numberAt } from '../numbers.ts';
import { subjectOf } from '../subject.ts';
import type { TestModel } from '../test-model.ts';

/**
 * Whether `maxVusers` leaves something for every worker. Artillery deals it out to the workers that get users; a share of 0
 * turns everybody away.
 */
export function checkMaxVusers({ views, options }: TestModel): Finding[] {
  const { workers = 1, isOverridden } = options;
  if (isOverridden === true) return [];
  return views.flatMap(({ config }) =>
    config
      .at('phases')
      .items()
      .flatMap((phase) => checkPhase(phase, workers)),
  );
}

function checkPhase(phase: Cursor, workers: number): Finding[] {
  const cursor = phase.at('maxVusers');
  const max = numberAt(cursor);
  const active = activeWorkers(phase, workers);
  if (max === undefined || max < 1 || max >= active) return [];
  const message = `${subjectOf(cursor)}maxVusers is ${max}, and ${active} workers of this machine share it`;
  const allowed = [`${active} or more on this machine`];
  return [atValue('max-vusers-below-workers', cursor, { message, found: String(max), allowed })];
}

/** How many workers get users in a phase. */
function activeWorkers(phase: Cursor, workers: number): number {
  if (phase.at('rampTo').value !== undefined) return workers;
  const rate = numberAt(phase.at('arrivalRate'));
  // arrivalCount runs in one worker only.
  return rate === undefined ? 1 : Math.min(Math.ceil(rate), workers);
}
