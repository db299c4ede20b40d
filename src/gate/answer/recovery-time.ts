import type { Clause } from '../capacity/index.ts';
import { clauseValue, recoveryOf, rowsDueIn } from '../capacity/index.ts';
import { type Answer, type AnswerEvidence, busiestPhase, rateOf, spanOf, unanswered } from './evidence.ts';
import { ms, number, percent } from './words.ts';

/** What the busiest phase did to the answers, and after how many seconds of the phase that follows it everything holds again. */
export function recoveryTime({ record, samples }: AnswerEvidence, clauses: readonly Clause[]): Answer {
  if (samples === undefined) return unanswered('the engine keeps no samples');
  const spike = busiestPhase(record);
  const after = record.phases.find(({ index }) => index === (spike?.index ?? Infinity) + 1);
  if (spike === undefined || after === undefined) return unanswered('no phase follows the busiest one');
  const rows = rowsDueIn(samples, spanOf(spike, record));
  const observed = clauses.flatMap((clause) => {
    const value = clauseValue(samples, rows, clause).observed;
    return value === undefined ? [] : [{ clause, value }];
  });
  const broken = observed.filter(({ clause, value }) => value >= clause.limit);
  const calm = spanOf(after, record);
  const seconds = recoveryOf(samples, calm, clauses);
  const watched = (calm.to - calm.from) / 1_000;
  return {
    isAnswered: true,
    text: `${spikeText(rateOf(spike), broken)} ${afterText(seconds, watched)}`,
    figures: [
      { name: 'spike', value: rateOf(spike), unit: 'new users/s' },
      { name: 'recovered after', ...(seconds === undefined ? {} : { value: seconds }), unit: 's' },
      ...observed.map(({ clause, value }) => ({
        name: `${clause.text} in the spike`,
        value,
        unit: clause.quantity.kind === 'error rate' ? '%' : 'ms',
      })),
    ],
  };
}

function spikeText(rate: number, broken: readonly { readonly clause: Clause; readonly value: number }[]): string {
  const spike = `the spike of ${number(rate)} new users per second`;
  if (broken.length === 0) return `Everything holds during ${spike}.`;
  const parts = broken.map(
    ({ clause, value }) => `${clause.text} (${clause.quantity.kind === 'error rate' ? percent(value) : ms(value)})`,
  );
  return `During ${spike} this does not hold: ${parts.join(', ')}.`;
}

function afterText(seconds: number | undefined, watched: number): string {
  if (seconds === undefined) return `It has not recovered ${number(Math.round(watched))} s after its end.`;
  return seconds === 0
    ? 'Right after its end everything holds.'
    : `${number(seconds)} s after its end everything holds again.`;
}
