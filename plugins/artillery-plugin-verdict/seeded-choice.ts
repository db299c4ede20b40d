import { createRequire } from 'node:module';
import { createRandom, type Random } from 'proving-ground/stats/random.ts';
import type { Script } from './artillery.ts';

interface Lodash {
  random: (min: number, max: number) => number;
}

/**
 * Lets the seed of the run decide which journey each arrival takes. Artillery draws it with lodash's `random`, as it does
 * `{{ $randomNumber(…) }}`; every worker has a lodash of its own, and its draws come in the order of arrivals.
 *
 * @param seed of the run.
 */
export function seedJourneyChoice(script: Script, seed: string): void {
  const random = createRandom(`journeys ${seed} worker ${workerNumber(script.config.phases)}`);
  artillerysLodash().random = drawFrom(random);
}

/** As Artillery calls it: both ends are whole numbers and included. */
function drawFrom(random: Random): Lodash['random'] {
  return (min, max) => random.integer(Math.ceil(min), Math.floor(max));
}

function artillerysLodash(): Lodash {
  const ours = createRequire(import.meta.url);
  return createRequire(ours.resolve('artillery/package.json'))('lodash') as Lodash;
}

/** Artillery numbers its workers in the phases that it deals out to them, from 1. */
function workerNumber(phases: unknown): number {
  const first: unknown = Array.isArray(phases) ? phases[0] : undefined;
  return typeof first === 'object' && first !== null && 'worker' in first ? Number(first.worker) : 1;
}
