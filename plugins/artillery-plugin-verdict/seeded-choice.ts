import { createRequire } from 'node:module';
import { createRandom } from 'proving-ground/stats/random.ts';
import type { Script } from './artillery.ts';

interface Lodash {
  random: (...bounds: number[]) => number;
}

/**
 * Lets the seed of the run decide which journey each arrival takes, and which row of a CSV file it gets at random. Artillery
 * draws both with lodash's `random` from 0 to the last of a list, in the order of arrivals; every worker has a lodash of its
 * own. Draws of other forms, such as those of `probability`, come in the order of answers and stay as they are. A test that
 * uses `{{ $randomNumber(0, …) }}` draws from the same stream in between, and is repeated only as far as its timing is.
 *
 * @param seed of the run.
 */
export function seedJourneyChoice(script: Script, seed: string): void {
  const random = createRandom(`journeys ${seed} worker ${workerNumber(script.config.phases)}`);
  const lodash = artillerysLodash();
  const unseeded = lodash.random;
  lodash.random = (...bounds) => (isDrawFromList(bounds) ? random.integer(0, bounds[1]) : unseeded(...bounds));
}

function isDrawFromList(bounds: number[]): bounds is [0, number] {
  return bounds.length === 2 && bounds[0] === 0 && Number.isInteger(bounds[1]);
}

function artillerysLodash(): Lodash {
  const ours = createRequire(import.meta.url);
  return createRequire(ours.resolve('artillery/package.json'))('lodash') as Lodash;
}

/** Artillery numbers its workers in the phases that it deals out to them, from 1. */
export function workerNumber(phases: unknown): number {
  const first: unknown = Array.isArray(phases) ? phases[0] : undefined;
  return typeof first === 'object' && first !== null && 'worker' in first ? Number(first.worker) : 1;
}
