import { outcomesOf, type RequestOutcomes } from '../../record/samples/request-outcome.ts';
import { SlidingValues } from '../../stats/index.ts';
import { worseOf } from './comparison.ts';
import { type Facts, valueOfQuantity } from './facts.ts';
import { momentOf, type RunRequests, type Stretch, stretchesOf } from './run-requests.ts';
import type { Sentence } from './sentence.ts';
import { valuesOfTimes, valuesOfWindow } from './values.ts';

/** Whether a sentence can be evaluated on samples: it is about requests, and not about a journey, a metric or users. */
export function isAboutRequests({ subject, limit }: Sentence, isJourney: (name: string) => boolean): boolean {
  if (limit.unit === '% of planned' || subject.kind === 'metric') return false;
  return subject.kind === 'all requests' || !isJourney(subject.name);
}

/**
 * What a sentence about requests observes in a run, exactly: response times from due to the last byte, quantiles of type 7.
 * With `for` it is the worst of all windows, which slide by whole seconds from the beginning of their phase.
 *
 * @returns in the unit of the limit; undefined: no data.
 */
export function exactValue(sentence: Sentence, run: RunRequests): number | undefined {
  const stretches = stretchesOf(sentence, run);
  const outcomes = outcomesOf(run.samples);
  if (sentence.forMs === undefined) return wholeValue(sentence, run, stretches, outcomes);
  const { forMs } = sentence;
  return stretches.reduce<number | undefined>((worst, stretch) => {
    const value = worstWindow(sentence, run, stretch, forMs / 1000, outcomes);
    return value === undefined ? worst : worseOf(sentence, worst, value);
  }, undefined);
}

function wholeValue(
  sentence: Sentence,
  { samples }: RunRequests,
  stretches: readonly Stretch[],
  outcomes: RequestOutcomes,
): number | undefined {
  const counts = createCounts(outcomes);
  const rows = stretches.flatMap((stretch) => stretch.rows);
  for (const row of rows) counts.change(row, 1);
  const times = Uint32Array.from(rows.filter(outcomes.isTimed), (row) => samples.lastByte[row] ?? 0);
  const seconds = stretches.reduce((sum, { startedAt, endedAt }) => sum + Math.max(0, endedAt - startedAt) / 1000, 0);
  return valueOfQuantity(sentence.quantity, { values: valuesOfTimes(times), ...counts.facts() }, seconds);
}

/** Half a second of tolerance: phases end when a timer says so. */
const SHORT_MS = 500;

function worstWindow(
  sentence: Sentence,
  { samples }: RunRequests,
  stretch: Stretch,
  windowSeconds: number,
  outcomes: RequestOutcomes,
): number | undefined {
  const { rows, startedAt, endedAt } = stretch;
  const secondOf = (row: number): number =>
    Math.max(0, Math.floor((momentOf(sentence, samples, row) - startedAt) / 1000));
  const times = new SlidingValues(rows.filter(outcomes.isTimed).map((row) => samples.lastByte[row] ?? 0));
  const counts = createCounts(outcomes);
  const change = (row: number, by: 1 | -1): void => {
    counts.change(row, by);
    if (!outcomes.isTimed(row)) return;
    if (by === 1) times.add(samples.lastByte[row] ?? 0);
    else times.remove(samples.lastByte[row] ?? 0);
  };

  let worst: number | undefined;
  let [entered, left] = [0, 0];
  const seconds = Math.floor((endedAt - startedAt + SHORT_MS) / 1000);
  for (let second = 0; second < seconds; second += 1) {
    for (let row = rows[entered]; row !== undefined && secondOf(row) <= second; row = rows[++entered]) change(row, 1);
    for (let row = rows[left]; row !== undefined && secondOf(row) <= second - windowSeconds; row = rows[++left])
      change(row, -1);
    if (second + 1 < windowSeconds) continue;
    const facts = { values: valuesOfWindow(times), ...counts.facts() };
    const value = valueOfQuantity(sentence.quantity, facts, windowSeconds);
    if (value !== undefined) worst = worseOf(sentence, worst, value);
  }
  return worst;
}

interface Counts {
  change(row: number, by: 1 | -1): void;
  facts(): Omit<Facts, 'values'>;
}

function createCounts(outcomes: RequestOutcomes): Counts {
  let [count, failed, attempts] = [0, 0, 0];
  return {
    change: (row, by) => {
      attempts += by;
      if (outcomes.isAnswered(row)) count += by;
      if (outcomes.isFailed(row)) failed += by;
    },
    facts: () => ({ count, failed, attempts }),
  };
}
