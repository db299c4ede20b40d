import { wilsonInterval } from '../../stats/index.ts';
import { type Candidate, ofRequestTime } from '../candidate.ts';
import type { Details } from '../details.ts';
import type { Scene } from '../scene.ts';
import { demandsOf } from '../service-demand.ts';
import type { CacheSignal } from '../signals/store-signals.ts';
import { sumOf, type Timeline, takenMs, totalOf } from '../timeline.ts';
import { digits, percent } from '../wording.ts';

/** Look-ups from which a hit ratio says something. */
const MIN_LOOK_UPS = 75;

/** A cache that helps so rarely is off, or forgets everything at once. */
const MAX_HIT_RATIO = 0.05;

/** Misses by one request of an endpoint from which it is one that relies on the cache. */
const MIN_MISSES_PER_REQUEST = 0.3;

/** A cache that is asked and never has anything. */
export function idleCacheRule({ cache, timeline }: Scene): Candidate[] {
  if (cache === undefined) return [];
  const [hits, misses] = [totalOf(cache.hits), totalOf(cache.misses)];
  const lookUps = hits + misses;
  // A cache that has just begun to fill has few hits, but some.
  const most = wilsonInterval(Math.min(hits, lookUps), lookUps)?.high ?? 1;
  if (lookUps < MIN_LOOK_UPS || most > MAX_HIT_RATIO) return [];
  const relying = demandsOf(cache.misses, timeline).demands.filter(
    ({ perRequest }) => perRequest >= MIN_MISSES_PER_REQUEST,
  );
  const names = new Set(relying.map(({ endpoint }) => endpoint));
  const lost = sumOf(
    timeline.endpoints.filter(({ name }) => names.has(name)).map(({ busyMs }) => busyMs),
    timeline.steps,
  );
  return [
    {
      cause: 'cache disabled',
      title: 'The cache has nothing: every answer is computed again',
      ...ofRequestTime(lost, timeline),
      certainty: hits === 0 ? 'sure' : 'likely',
      culprit: relying.length === 1 ? relying[0]?.endpoint : undefined,
      subject: 'the cache',
      details: detailsOf(cache, timeline),
      explains: ['pool too small', 'at capacity', 'event loop blocked'],
      seen: [
        {
          text: `${digits(hits)} of ${digits(lookUps)} look-ups in the cache were hits (${percent(hits / lookUps)})`,
          lane: cache.lane,
        },
        ...(names.size === 0 ? [] : [{ text: `answers that miss it: ${[...names].slice(0, 4).join(', ')}` }]),
      ],
    },
  ];
}

/** How far misses vary beyond chance (variance by mean; 1 for independent ones, which reach it in one of a hundred runs of 17 steps). */
const MIN_DISPERSION = 2;
/** Steps in which misses burst: this many times their mean. A burst may be cut in two by a second. */
const BURST_FACTOR = 1.5;
/** Bursts beside the first, which is the cold cache. */
const MIN_BURSTS = 2;
/** How long requests take that come in a burst, by what those take that come elsewhere. */
const MIN_SLOWDOWN = 2;

/** Many requests that miss the same entry at the same moment, again and again, and everybody waits then. */
export function stampedeRule({ caches, timeline, evidence }: Scene): Candidate[] {
  const taken = takenMs(evidence.requests, timeline);
  return caches.flatMap((cache) => stampedeOf(cache, timeline, taken));
}

function stampedeOf(cache: CacheSignal, timeline: Timeline, taken: Float64Array): Candidate[] {
  const { hits, misses } = cache;
  const lookUps = totalOf(hits) + totalOf(misses);
  const bursts = lookUps < MIN_LOOK_UPS ? undefined : burstsOf(cache);
  if (bursts === undefined) return [];
  const meanMs = (isWanted: (step: number) => boolean): number => {
    const only = (value: number, step: number): number => (isWanted(step) ? value : 0);
    return totalOf(taken.map(only)) / (totalOf(timeline.due.map(only)) || Infinity);
  };
  const [inBursts, elsewhere] = [meanMs((step) => bursts.has(step)), meanMs((step) => !bursts.has(step))];
  if (elsewhere === 0 || inBursts < MIN_SLOWDOWN * elsewhere) return [];
  const lost = taken.map((ms, step) => {
    return bursts.has(step) ? Math.max(0, ms - (timeline.due[step] ?? 0) * elsewhere) : 0;
  });
  return [
    {
      cause: 'cache stampede',
      title: 'When an entry of the cache expires, many requests compute it at the same time',
      lost,
      whole: taken,
      certainty: 'likely',
      subject: 'the cache',
      details: detailsOf(cache, timeline),
      explains: ['pool too small', 'at capacity', 'event loop blocked'],
      seen: [
        {
          text: `misses came in ${bursts.count} bursts of up to ${digits(Math.max(...misses))} within a second (${percent(totalOf(hits) / lookUps)} of all look-ups were hits)`,
          lane: cache.lane,
        },
        { text: `requests that came then took ${digits(inBursts / elsewhere)} times as long as the others` },
      ],
    },
  ];
}

function detailsOf({ hits, misses }: CacheSignal, { steps, stepMs }: Timeline): Details {
  const lookUps = totalOf(hits) + totalOf(misses);
  return {
    kind: 'cache',
    lookUpsPerSec: (lookUps * 1000) / (steps * stepMs),
    hitRatio: totalOf(hits) / (lookUps || 1),
  };
}

interface Bursts {
  readonly count: number;
  /** Whether a step is part of one. */
  has(step: number): boolean;
}

function burstsOf({ misses }: CacheSignal): Bursts | undefined {
  const mean = totalOf(misses) / misses.length;
  const variance = misses.reduce((sum, each) => sum + (each - mean) ** 2, 0) / misses.length;
  if (mean === 0 || variance / mean < MIN_DISPERSION) return undefined;
  const isBurst = (step: number): boolean => (misses[step] ?? 0) >= BURST_FACTOR * mean;
  let count = 0;
  misses.forEach((_, step) => {
    if (isBurst(step) && !isBurst(step - 1)) count += 1;
  });
  return count <= MIN_BURSTS ? undefined : { count, has: isBurst };
}
