import type { Random } from 'proving-ground/stats/random.ts';
import { createCsvReader, numberOf, textOf } from '../csv-rows.ts';

interface Indicator {
  readonly value: string;
  readonly score: number;
}

/** Indicators of threats, as sensors report them. */
export interface Indicators {
  /** Any of the file. */
  any(random: Random): string;
  /** One whose score makes the platform raise an alert. */
  alarming(random: Random): string;
}

/** The platform raises an alert for a known threat from this score on. */
const ALARMING_SCORE = 70;

/** Reads the file `indicators` of `config.payload`. */
export const indicatorsOf = createCsvReader(
  'indicators',
  (row): Indicator | undefined => {
    const [value, score] = [textOf(row, 'value'), numberOf(row, 'score')];
    return value === undefined || score === undefined ? undefined : { value, score };
  },
  createIndicators,
);

/** @throws RangeError when no indicator is alarming. */
export function createIndicators(indicators: readonly Indicator[]): Indicators {
  const alarming = indicators.filter(({ score }) => score >= ALARMING_SCORE);
  if (alarming.length === 0)
    throw new RangeError(`the file indicators has none with a score of ${ALARMING_SCORE} or more`);
  return {
    any: (random) => random.pick(indicators).value,
    alarming: (random) => random.pick(alarming).value,
  };
}
