import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../../exit-codes.ts';
import { CAPACITY_VERSION, type CapacityRecord } from './capacity-record.ts';
import type { Clause } from './objective.ts';
import type { CapacityEstimate, SearchStep } from './search.ts';
import { whatBroke } from './what-broke.ts';

/** What is known about a search beside its answer. */
export type CapacityDetails = Pick<
  CapacityRecord,
  'test' | 'startedAt' | 'endedAt' | 'seed' | 'replay' | 'environment' | 'system' | 'plan' | 'trials'
> &
  Partial<Pick<CapacityRecord, 'range' | 'limitedBy' | 'confirmation' | 'recovery'>>;

/** How a search ended. */
export type CapacityEnd =
  | Exclude<SearchStep, { kind: 'trials' }>
  /** A signal ended it, or nobody could tell what the system does: the generator was the bottleneck. */
  | {
      readonly kind: 'interrupted';
      readonly by: 'SIGINT' | 'SIGTERM';
      readonly estimate: CapacityEstimate | undefined;
    }
  | { readonly kind: 'not valid'; readonly why: string; readonly estimate: CapacityEstimate | undefined };

/** Puts the answer of a search into the form of `capacity.json`. */
export function buildCapacityRecord(
  end: CapacityEnd,
  clauses: readonly Clause[],
  details: CapacityDetails,
): CapacityRecord {
  const { estimate } = end;
  const broke = estimate === undefined ? undefined : whatBroke(details.trials, estimate.perSec, clauses);
  const isConfirmed = details.confirmation?.isConfirmed ?? false;
  const answer =
    end.kind === 'not valid' ? 'not valid' : end.kind === 'found' && isConfirmed ? 'found' : 'inconclusive';
  return {
    schema: 'proving-ground/capacity',
    version: CAPACITY_VERSION,
    ...details,
    objective: clauses.map(({ text }) => text),
    answer,
    reason: reasonOf(end, details),
    exitCode: exitCodeOf(answer, end),
    ...(estimate === undefined ? {} : { estimate: { ...estimate } }),
    ...(broke === undefined ? {} : { broke }),
  };
}

function exitCodeOf(answer: CapacityRecord['answer'], end: CapacityEnd): ExitCode {
  if (end.kind === 'interrupted') return exitCodeOfSignal(end.by);
  if (answer === 'not valid') return EXIT_CODES.notValid;
  return answer === 'found' ? EXIT_CODES.passed : EXIT_CODES.inconclusive;
}

function reasonOf(end: CapacityEnd, { trials, confirmation, range }: CapacityDetails): string {
  switch (end.kind) {
    case 'found':
      return foundReason(end.estimate, confirmation);
    case 'not valid':
      return end.why;
    case 'interrupted':
      return `it was interrupted after ${trials.length} ${trials.length === 1 ? 'trial' : 'trials'}`;
    case 'inconclusive':
      return inconclusiveReason(end, range);
  }
}

function foundReason({ perSec }: CapacityEstimate, confirmation: CapacityDetails['confirmation']): string {
  const rate = `${rateText(perSec)} new users per second`;
  if (confirmation === undefined) return `${rate}, but no time was left to confirm it with longer holds`;
  return confirmation.isConfirmed
    ? `it sustains ${rate}`
    : `${rate}, but longer holds did not confirm it: ${rateText(confirmation.belowPerSec)} has to be sustained and ${rateText(confirmation.abovePerSec)} must not`;
}

function inconclusiveReason(
  { why, estimate }: Extract<CapacityEnd, { kind: 'inconclusive' }>,
  range: CapacityDetails['range'],
): string {
  const { fromPerSec = 0, toPerSec = 0 } = range ?? {};
  switch (why) {
    case 'below the range':
      return `it is below ${rateText(fromPerSec)} new users per second, the lowest rate that was tried`;
    case 'above the range':
      return `it is above ${rateText(toPerSec)} new users per second, the highest rate that may be tried`;
    case 'too wide':
      return `it lies between ${rateText(estimate.lowPerSec)} and ${rateText(estimate.highPerSec)} new users per second: too wide for an answer; give it more --minutes`;
  }
}

/** A rate with three digits: `12.3`, `104`. */
export function rateText(perSec: number): string {
  return perSec >= 100 ? perSec.toFixed(0) : String(Number(perSec.toPrecision(3)));
}
