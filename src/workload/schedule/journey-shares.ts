import { type Position, UserFault } from '../../errors.ts';
import type { Entry } from '../plan/entry.ts';
import { didYouMean } from '../schema/closest.ts';

/** A journey, as far as it matters for how often it is chosen. */
export interface WeightedJourney {
  readonly name: string;
  /** Where there is no mix, 0 or more. */
  readonly weight: number;
}

/**
 * How the users of a phase spread over the journeys: shares in the order of the journeys that add up to 1, or only zeros if
 * none has a weight.
 *
 * @param mix parts by name of a journey; what is not named gets nobody. undefined: the weights.
 * @param locate where a name of the mix stands.
 * @throws UserFault `phase-impossible` for a mix that names no journey of the test.
 * @example journeyShares({ B: 30, A: 10 }, [{ name: 'A', weight: 1 }, { name: 'B', weight: 1 }]) // [0.25, 0.75]
 */
export function journeyShares(
  mix: Entry | undefined,
  journeys: readonly WeightedJourney[],
  locate: (name: string) => Position | undefined = () => undefined,
): number[] {
  const names = journeys.map(({ name }) => name);
  const stranger = Object.keys(mix ?? {}).find((name) => !names.includes(name));
  if (stranger !== undefined) throw unknownJourney(stranger, names, locate(stranger));
  const parts = journeys.map(({ name, weight }) =>
    Math.max(0, mix === undefined ? weight : Number(mix[name] ?? 0) || 0),
  );
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => (sum === 0 ? 0 : part / sum));
}

/**
 * The journey that a draw falls on.
 *
 * @param draw from 0 to below 1. @returns an index of `shares`; never one whose share is 0.
 * @example pickJourney([0.25, 0.75], 0.25) // 1
 */
export function pickJourney(shares: readonly number[], draw: number): number {
  let upTo = 0;
  for (const [index, share] of shares.entries()) {
    upTo += share;
    if (draw < upTo) return index;
  }
  // Shares may add up to a little less than 1, as binary fractions do.
  return shares.findLastIndex((share) => share > 0);
}

function unknownJourney(name: string, names: readonly string[], position: Position | undefined): UserFault {
  const suggestion = didYouMean(name, names);
  const hint = `Its journeys are ${names.map((each) => JSON.stringify(each)).join(', ')}.`;
  return new UserFault('phase-impossible', `the mix names ${JSON.stringify(name)}, which is no journey of this test`, {
    position,
    hint: suggestion === undefined ? hint : `Did you mean ${JSON.stringify(suggestion)}? ${hint}`,
  });
}
