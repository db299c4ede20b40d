import { addMeasurements, type Measurements, NO_MEASUREMENTS } from '../../record/index.ts';
import { percentage, valueOfQuantity } from './facts.ts';
import { factsOfMetrics, startedUsers } from './metric-facts.ts';
import type { Sentence } from './sentence.ts';

/** A span of a run, as far as one sentence looks at it. */
export interface Span {
  readonly measured: Measurements;
  /** Length, in seconds. */
  readonly seconds: number;
  /** Virtual users that the plan starts in it. */
  readonly plannedUsers: number;
}

/** The span of no length, to which others are added. */
export const EMPTY_SPAN: Span = { measured: NO_MEASUREMENTS, seconds: 0, plannedUsers: 0 };

/** The union of two spans that follow each other. */
export function addSpans(a: Span, b: Span): Span {
  return {
    measured: addMeasurements(a.measured, b.measured),
    seconds: a.seconds + b.seconds,
    plannedUsers: a.plannedUsers + b.plannedUsers,
  };
}

/**
 * What a sentence observes in a span, in the unit of its limit; undefined where there is no data. A count of requests or of
 * an error that never occurred is 0 as soon as any user ran.
 */
export function valueOfSentence({ quantity, subject, limit }: Sentence, span: Span): number | undefined {
  if (quantity.kind === 'rate' && limit.unit === '% of planned') {
    return percentage(startedUsers(subject, span.measured), span.plannedUsers);
  }
  return valueOfQuantity(quantity, factsOfMetrics(subject, span.measured), span.seconds);
}
