import { type CapacityRecord, type CapacityTrial, rateText } from '../../gate/capacity/index.ts';
import { formatNumber } from '../number-format.ts';

/** Something that a search found out, as a name and a sentence. */
export interface CapacityFact {
  readonly name: string;
  readonly text: string;
}

const WORDS: Readonly<Record<CapacityRecord['answer'], string>> = {
  found: 'FOUND',
  'not valid': 'NOT VALID',
  inconclusive: 'INCONCLUSIVE',
};

/** The answer in one line. */
export function capacityHeadline({ answer, reason }: CapacityRecord): string {
  return `${WORDS[answer]}: ${reason}`;
}

/** `97.3 – 104`, with what is known of the capacity; undefined: nothing. */
export function intervalText({ estimate }: Pick<CapacityRecord, 'estimate'>): string | undefined {
  if (estimate === undefined) return undefined;
  const { perSec, lowPerSec, highPerSec } = estimate;
  const half = ((highPerSec - lowPerSec) / 2 / perSec) * 100;
  return `${rateText(perSec)} new users per second; 95 % interval ${rateText(lowPerSec)} to ${rateText(highPerSec)} (±${half.toFixed(1)} %)`;
}

/** What a reader wants to know beside the answer, most important first. */
export function capacityFacts(record: CapacityRecord): CapacityFact[] {
  const interval = intervalText(record);
  return [
    { name: 'Objective', text: record.objective.join(' and ') },
    ...(interval === undefined ? [] : [{ name: 'Capacity', text: interval }]),
    ...brokeFacts(record),
    ...limitFacts(record),
    ...confirmationFacts(record),
    ...recoveryFacts(record),
    { name: 'Trials', text: trialCounts(record) },
  ];
}

function brokeFacts({ broke }: CapacityRecord): CapacityFact[] {
  if (broke === undefined) return [];
  const { what, endpoint, times, trials } = broke;
  const where = endpoint === undefined || what.includes(`"${endpoint}"`) ? '' : `; "${endpoint}" slowed down most`;
  return [{ name: 'First to break', text: `${what}${where} (in ${times} of ${trials} trials just above)` }];
}

function limitFacts({ limitedBy }: CapacityRecord): CapacityFact[] {
  if (limitedBy === undefined) return [];
  const { answer, text, cause, todo, certainty } = limitedBy;
  const doubt = certainty === undefined || certainty === 'sure' ? '' : ` (${certainty})`;
  const named = cause === undefined ? `${answer}: ${text}` : `${cause}${doubt}: ${text}`;
  return [
    { name: 'Limited by', text: named },
    ...(todo === undefined || todo === '' ? [] : [{ name: 'Do', text: todo }]),
  ];
}

function confirmationFacts({ confirmation, trials }: CapacityRecord): CapacityFact[] {
  if (confirmation === undefined) return [];
  const outcomes = (kind: CapacityTrial['kind']): string =>
    trials
      .filter((trial) => trial.kind === kind)
      .map(({ result }) => result)
      .join(', ');
  const { belowPerSec, abovePerSec } = confirmation;
  const text = `longer holds: ${rateText(belowPerSec)}/s ${outcomes('below')}; ${rateText(abovePerSec)}/s ${outcomes('above')}`;
  return [{ name: confirmation.isConfirmed ? 'Confirmed' : 'Not confirmed', text }];
}

function recoveryFacts({ recovery }: CapacityRecord): CapacityFact[] {
  if (recovery === undefined) return [];
  const { ratePerSec, afterSec, watchedSec } = recovery;
  const when =
    afterSec === undefined
      ? `not within ${formatNumber(Math.round(watchedSec))} s`
      : afterSec === 0
        ? 'at once'
        : `after ${formatNumber(afterSec)} s`;
  return [{ name: 'Recovery', text: `${when}, at ${rateText(ratePerSec)} new users/s right after the overload` }];
}

function trialCounts({ trials, plan }: CapacityRecord): string {
  const count = (result: CapacityTrial['result']): number => trials.filter((trial) => trial.result === result).length;
  return `${trials.length}, each held for ${plan.holdSec} s or more: ${count('sustained')} sustained, ${count('broken')} broken, ${count('void')} that count for nothing`;
}

/** The columns of a table of trials. */
export const TRIAL_COLUMNS = [
  { title: 'Trial', align: 'right' },
  { title: 'Offered/s', align: 'right' },
  { title: 'Achieved/s', align: 'right' },
  { title: 'Requests/s', align: 'right' },
  { title: 'In flight', align: 'right' },
  { title: 'Held', align: 'right' },
  { title: 'Result', align: 'left' },
  { title: 'Why', align: 'left' },
] as const;

/** One line a trial, in ascending order of the rates. */
export function trialRows({ trials }: CapacityRecord): string[][] {
  return trials
    .toSorted((a, b) => a.ratePerSec - b.ratePerSec)
    .map((trial) => [
      String(trial.number),
      rateText(trial.ratePerSec),
      rateText(trial.achievedPerSec),
      formatNumber(trial.requestsDonePerSec),
      formatNumber(trial.inFlight),
      `${trial.holdSec} s`,
      trial.result,
      whyText(trial),
    ]);
}

/** What was observed of the clauses, or what broke. */
function whyText({ reasons, clauses }: CapacityTrial): string {
  const observed = clauses.map(({ clause, observed: value, upper }) => {
    const shown = value === undefined ? 'no data' : formatNumber(value);
    return `${clause.replace(/ <=? .*/, '')} ${shown}${upper === undefined ? '' : ` (up to ${formatNumber(upper)})`}`;
  });
  return [...reasons, ...observed].join('; ');
}
