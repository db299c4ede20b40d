import { createRequire } from 'node:module';
import type { Random } from 'proving-ground/stats/random.ts';

/** What Artillery draws with: journeys, rows of CSV files, `$randomNumber`; `sample` draws from lists of variables. */
export interface Lodash {
  random: (...bounds: number[]) => number;
  sample: (list: unknown) => unknown;
}

/** What decides for one user. */
export interface Draws {
  /** Which journey, by its position in the test. */
  readonly journey: number;
  /** Of how many. */
  readonly journeys: number;
  /** Everything else. */
  readonly random: Random;
}

/** Artillery's list to choose from has each journey so many times per weight (lib/core/weighted-pick.ts). */
const PLACES_PER_JOURNEY = 100;

/**
 * Lets this project decide what Artillery draws while it starts a user; what it draws at other times stays as it is, be it
 * Artillery's own or that of another plugin. The first draw is the journey, if all have weight 1.
 *
 * @returns runs `work` with the draws of one user.
 */
export function seedDraws(lodash: Lodash): (draws: Draws, work: () => void) => void {
  const { random, sample } = lodash;
  let active: { readonly draws: Draws; hasJourney: boolean } | undefined;

  lodash.random = (...bounds) => {
    if (active === undefined) return random(...bounds);
    const { draws } = active;
    if (!active.hasJourney && isChoiceOf(draws.journeys, bounds)) {
      active.hasJourney = true;
      return draws.journey * PLACES_PER_JOURNEY;
    }
    return areWhole(bounds) ? draws.random.integer(Math.min(...bounds), Math.max(...bounds)) : random(...bounds);
  };
  lodash.sample = (list) =>
    active === undefined || !Array.isArray(list) || list.length === 0 ? sample(list) : active.draws.random.pick(list);

  return (draws, work) => {
    active = { draws, hasJourney: false };
    try {
      work();
    } finally {
      active = undefined;
    }
  };
}

function isChoiceOf(journeys: number, [from, to]: readonly number[]): boolean {
  return from === 0 && to === journeys * PLACES_PER_JOURNEY - 1;
}

function areWhole(bounds: readonly number[]): boolean {
  return bounds.length === 2 && bounds.every(Number.isInteger);
}

/** The copy of lodash that Artillery itself uses. */
export function artillerysLodash(): Lodash {
  const ours = createRequire(import.meta.url);
  return createRequire(ours.resolve('artillery/package.json'))('lodash') as Lodash;
}
