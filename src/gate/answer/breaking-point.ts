import type { Clause } from '../capacity/index.ts';
import { clauseValue, rowsDueIn, type TrialSamples } from '../capacity/index.ts';
import { type Answer, type AnswerEvidence, type RunPhase, rateOf, spanOf, unanswered } from './evidence.ts';
import { capitalised, ms, number, percent } from './words.ts';

interface Step {
  readonly phase: RunPhase;
  readonly rate: number;
  /** What does not hold in it, with what was observed. */
  readonly broken: readonly { readonly clause: Clause; readonly observed: number }[];
}

/** The rate of the first phase in which the objective does not hold, which clause broke, and the last rate before it. */
export function breakingPoint({ record, samples }: AnswerEvidence, clauses: readonly Clause[]): Answer {
  if (samples === undefined) return unanswered('the engine keeps no samples');
  const steps = record.phases
    .filter((phase) => rateOf(phase) > 0)
    .map((phase) => ({ phase, rate: rateOf(phase), broken: brokenIn(samples, phase, record, clauses) }));
  const at = steps.findIndex(({ broken }) => broken.length > 0);
  const highest = steps.at(-1);
  if (highest === undefined) return unanswered('no phase has arrivals');
  return at < 0 ? unbroken(steps) : brokenAt(steps, at);
}

function brokenIn(
  samples: TrialSamples,
  phase: RunPhase,
  record: AnswerEvidence['record'],
  clauses: readonly Clause[],
): Step['broken'] {
  const rows = rowsDueIn(samples, spanOf(phase, record));
  return clauses.flatMap((clause) => {
    const { observed } = clauseValue(samples, rows, clause);
    return observed === undefined || observed < clause.limit ? [] : [{ clause, observed }];
  });
}

function unbroken(steps: readonly Step[]): Answer {
  const rate = Math.max(...steps.map((step) => step.rate));
  return {
    isAnswered: true,
    text: `It did not break: at ${number(rate)} new users per second, the most that the test offers, everything still holds.`,
    figures: [{ name: 'holds at', value: rate, unit: 'new users/s' }],
  };
}

function brokenAt(steps: readonly Step[], at: number): Answer {
  const step = steps[at];
  const [first, ...others] = step?.broken ?? [];
  if (step === undefined || first === undefined) return unanswered('no step broke');
  const before = at === 0 ? undefined : steps[at - 1];
  const seen = first.clause.quantity.kind === 'error rate' ? percent(first.observed) : ms(first.observed);
  const also = others.length === 0 ? '' : `, and with it ${others.map(({ clause }) => clause.text).join(', ')}`;
  const held =
    before === undefined
      ? 'not even the first step holds'
      : `it holds at ${number(before.rate)} new users per second and breaks at ${number(step.rate)}`;
  return {
    isAnswered: true,
    text: `${capitalised(held)} ("${step.phase.name}"): ${first.clause.text} breaks first, with ${seen}${also}.`,
    figures: [
      ...(before === undefined ? [] : [{ name: 'holds at', value: before.rate, unit: 'new users/s' }]),
      { name: 'breaks at', value: step.rate, unit: 'new users/s' },
      ...step.broken.map(({ clause, observed }) => ({
        name: clause.text,
        value: observed,
        unit: clause.quantity.kind === 'error rate' ? '%' : 'ms',
      })),
    ],
  };
}
