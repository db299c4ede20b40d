import { normalUpper } from 'proving-ground/stats/normal.ts';
import type { Random } from 'proving-ground/stats/random.ts';

/** How the outcome of a trial depends on its rate, and what spoils it. */
export interface Kind {
  readonly name: string;
  /** From the log of rate over capacity to the chance that a trial is sustained when nothing spoils it; one half at 0. */
  readonly chanceAt: (logRatio: number) => number;
  /** Share of trials that are spoiled without anybody's notice, and the chance that such a one counts as sustained. */
  readonly spoiled: number;
  readonly spoiledPasses: number;
}

/** A system whose capacity is known: arrivals per second. */
export interface KnownSystem {
  readonly capacityPerSec: number;
  /** Makes a trial there: is the rate sustained? */
  readonly trial: (ratePerSec: number) => boolean;
}

/** Rates between which the capacity lies, arrivals per second; the procedures know these and nothing else. */
export const RANGE = { fromPerSec: 10, toPerSec: 400 };

const SPOILED = 0.08;

function probit(width: number): Kind['chanceAt'] {
  return (logRatio) => normalUpper(logRatio / width);
}

/** Falls fast at first and has a long tail, as when only bursts break the objective: not the curve that the search assumes. */
function skewed(width: number): Kind['chanceAt'] {
  return (logRatio) => 1 - 0.5 ** Math.exp(-logRatio / width);
}

/** In the order of the table. */
export const KINDS: readonly Kind[] = [
  { name: 'spoiled trials fail, width 2 %', chanceAt: probit(0.02), spoiled: SPOILED, spoiledPasses: 0 },
  { name: 'spoiled trials fail, width 4 %', chanceAt: probit(0.04), spoiled: SPOILED, spoiledPasses: 0 },
  { name: 'spoiled trials fail, width 6 %', chanceAt: probit(0.06), spoiled: SPOILED, spoiledPasses: 0 },
  { name: 'spoiled trials toss a coin, width 4 %', chanceAt: probit(0.04), spoiled: SPOILED, spoiledPasses: 0.5 },
  { name: 'nothing is spoiled, width 4 %', chanceAt: probit(0.04), spoiled: 0, spoiledPasses: 0 },
  { name: 'another curve: skewed, width 4 %', chanceAt: skewed(0.04), spoiled: SPOILED, spoiledPasses: 0 },
];

/** Draws a system: any capacity in the range, but at its very ends, each factor as likely as the next. */
export function drawSystem(kind: Kind, random: Random): KnownSystem {
  const [low, high] = [RANGE.fromPerSec * 1.5, RANGE.toPerSec / 1.5];
  const capacityPerSec = low * (high / low) ** random.next();
  return {
    capacityPerSec,
    trial: (ratePerSec) => {
      if (random.chance(kind.spoiled)) return random.chance(kind.spoiledPasses);
      return random.chance(kind.chanceAt(Math.log(ratePerSec / capacityPerSec)));
    },
  };
}
