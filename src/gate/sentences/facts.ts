import type { Quantity } from './sentence.ts';
import type { Values } from './values.ts';

/** What is known about the subject of a sentence in some span. */
export interface Facts {
  /** Its values: times of requests or journeys, or those of the metric. Undefined: there are none. */
  readonly values: Values | undefined;
  /** How often it happened; undefined: nobody counts it. */
  readonly count: number | undefined;
  /** How often it failed, and out of how many attempts. */
  readonly failed: number;
  readonly attempts: number;
}

/** What a sentence asks, in the unit of its limit; undefined where there is no data. @param seconds length of the span. */
export function valueOfQuantity(quantity: Quantity, facts: Facts, seconds: number): number | undefined {
  const { values, count } = facts;
  switch (quantity.kind) {
    case 'rate':
      return count === undefined || seconds === 0 ? undefined : count / seconds;
    case 'count':
      return count;
    case 'error rate':
      return percentage(facts.failed, facts.attempts);
    case 'quantile':
      return values?.quantile(quantity.percent / 100);
    case 'mean':
    case 'min':
    case 'max':
      return values?.[quantity.kind]();
  }
}

/** A part of a whole in per cent; undefined where the whole is nothing. */
export function percentage(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : (part / whole) * 100;
}
