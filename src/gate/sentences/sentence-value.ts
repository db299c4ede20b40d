import { addMeasurements, type Measurements, NO_MEASUREMENTS } from '../../record/index.ts';
import { isAboutRequests } from './exact-value.ts';
import { percentage, valueOfQuantity } from './facts.ts';
import { factsOfMetrics, isStartedJourney, startedUsers } from './metric-facts.ts';
import { addTallies, factsOfTally, type RequestTally } from './request-tally.ts';
import type { Sentence } from './sentence.ts';

/** A span of a run, as far as one sentence looks at it. */
export interface Span {
  readonly measured: Measurements;
  /** The requests that the sentence is about; absent: the engine gives no samples. */
  readonly requests?: RequestTally;
  /** Length, in seconds. */
  readonly seconds: number;
  /** Virtual users that the plan starts in it. */
  readonly plannedUsers: number;
}

/** The span of no length, to which others are added. */
export const EMPTY_SPAN: Span = { measured: NO_MEASUREMENTS, seconds: 0, plannedUsers: 0 };

/** The union of two spans that follow each other. */
export function addSpans(a: Span, b: Span): Span {
  const requests = a.requests && b.requests ? addTallies(a.requests, b.requests) : (a.requests ?? b.requests);
  return {
    measured: addMeasurements(a.measured, b.measured),
    ...(requests === undefined ? {} : { requests }),
    seconds: a.seconds + b.seconds,
    plannedUsers: a.plannedUsers + b.plannedUsers,
  };
}

/** Where a value comes from: `samples` are exact and from due to the last byte; `metrics` as Artillery defines them. */
export type Source = 'samples' | 'metrics';

/** By which source a sentence is evaluated in a span. */
export function sourceOf(sentence: Sentence, { requests, measured }: Span): Source {
  const isJourney = (name: string): boolean => isStartedJourney(name, measured);
  return requests !== undefined && isAboutRequests(sentence, isJourney) ? 'samples' : 'metrics';
}

/**
 * What a sentence observes in a span, in the unit of its limit; undefined where there is no data. A count of requests or of
 * an error that never occurred is 0 as soon as any user ran.
 */
export function valueOfSentence(sentence: Sentence, span: Span): number | undefined {
  const { quantity, subject, limit } = sentence;
  if (quantity.kind === 'rate' && limit.unit === '% of planned') {
    return percentage(startedUsers(subject, span.measured), span.plannedUsers);
  }
  const isBySamples = span.requests !== undefined && sourceOf(sentence, span) === 'samples';
  const facts = isBySamples ? factsOfTally(span.requests) : factsOfMetrics(subject, span.measured);
  return valueOfQuantity(quantity, facts, span.seconds);
}
