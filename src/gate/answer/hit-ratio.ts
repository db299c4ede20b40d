import { type Answer, type AnswerEvidence, rateOf, seriesOf, summedValues, unanswered } from './evidence.ts';
import { number, percent } from './words.ts';

const HIT = 'cache.hit';
const MISS = 'cache.miss';

/** How many of the answers came from the cache, phase by phase, and how many waited for an equal question in a stampede. */
export function hitRatio({ record, system }: AnswerEvidence): Answer {
  const all = ratioOf(record.metrics.counters);
  if (all === undefined) return unanswered('no answer said whether it came from the cache');
  const phases = record.phases
    .filter((phase) => rateOf(phase) > 0)
    .flatMap(({ name, metrics }) => {
      const ratio = ratioOf(metrics.counters);
      return ratio === undefined ? [] : [{ name, ratio }];
    });
  const shared = countOf(system, 'shared');
  const computed = countOf(system, 'miss');
  return {
    isAnswered: true,
    text: `${percent(all)} of the answers came from the cache${byPhase(phases)}.${stampede(shared, computed)}`,
    figures: [
      { name: 'hit ratio', value: all, unit: '%' },
      ...phases.map(({ name, ratio }) => ({ name: `hit ratio in ${name}`, value: ratio, unit: '%' })),
      ...(shared === undefined ? [] : [{ name: 'waited for an equal request', value: shared, unit: '' }]),
      ...(computed === undefined ? [] : [{ name: 'computed', value: computed, unit: '' }]),
    ],
  };
}

function ratioOf(counters: Readonly<Record<string, number>>): number | undefined {
  const { [HIT]: hits = 0, [MISS]: misses = 0 } = counters;
  return hits + misses === 0 ? undefined : (hits / (hits + misses)) * 100;
}

/** How often the cache of the platform said this; undefined: nobody looked. */
function countOf(system: AnswerEvidence['system'], result: string): number | undefined {
  const series = seriesOf(system, 'cache_requests_total', { result });
  if (seriesOf(system, 'cache_requests_total').length === 0) return undefined;
  return Math.round(summedValues(series).reduce((sum, perSec) => sum + perSec * (system?.stepSeconds ?? 1), 0));
}

function byPhase(phases: readonly { readonly name: string; readonly ratio: number }[]): string {
  if (phases.length < 2) return '';
  return ` (${phases.map(({ name, ratio }) => `"${name}" ${percent(ratio)}`).join(', ')})`;
}

function stampede(shared: number | undefined, computed: number | undefined): string {
  if (shared === undefined || computed === undefined) return '';
  return shared === 0
    ? ` ${number(computed)} answers were computed; nobody had to wait for an equal one.`
    : ` ${number(computed)} answers were computed, and ${number(shared)} ${shared === 1 ? 'request' : 'requests'} waited for one of them instead of computing it again.`;
}
