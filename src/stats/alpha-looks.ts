import { invertMonotone } from './invert-monotone.ts';
import { normalQuantile, normalUpper } from './normal.ts';

/** How the error is spent: the same bound at each look, or one that is hard to pass early. */
export type LookShape = 'pocock' | "o'brien-fleming";

/** One look: after how many pairs, and at which one-sided level, 0–0.5. */
export interface Look {
  readonly pairs: number;
  readonly level: number;
}

/** Intervals of the grid of each look; by Simpson's rule, the error is below 1e-6. */
const STEPS = 128;
/** Beyond this many standard deviations there is nothing. */
const WIDEST_Z = 9;

/**
 * At which level each of the planned looks may judge, so that looking several times errs in all no more often than once
 * (S. J. Pocock, Biometrika 64, 1977; P. C. O'Brien and T. R. Fleming, Biometrics 35, 1979; by the recursive integration of
 * P. Armitage, C. K. McPherson and B. C. Rowe, 1969). Looks need not be equally far apart.
 *
 * @param pairs of each look, ascending, above 0.
 * @param alpha one-sided, of all looks together, 0–0.5.
 * @example plannedLooks([8, 16, 24], 'pocock', 0.025)[0] // { pairs: 8, level: 0.011 }: z 2.289
 */
export function plannedLooks(pairs: readonly number[], shape: LookShape, alpha: number): Look[] {
  const last = pairs.at(-1) ?? 1;
  const boundsAt = (z: number): number[] =>
    pairs.map((count) => (shape === 'pocock' ? z : z * Math.sqrt(last / count)));
  const z = invertMonotone((candidate) => -crossing(pairs, boundsAt(candidate)), -2 * alpha, 0.01, WIDEST_Z);
  return boundsAt(z).map((bound, index) => ({ pairs: pairs[index] ?? 0, level: normalUpper(bound) }));
}

/**
 * The level of a look that ends everything early, because time ran out and not because of what was seen: all that the looks
 * before it left over.
 *
 * @param before the looks that were taken.
 * @param pairs more than at the last of them.
 * @param alpha as planned.
 */
export function closingLook(before: readonly Look[], pairs: number, alpha: number): Look {
  const counts = [...before.map((look) => look.pairs), pairs];
  const bounds = before.map(({ level }) => normalQuantile(1 - level));
  const z = invertMonotone((candidate) => -crossing(counts, [...bounds, candidate]), -2 * alpha, 0.01, WIDEST_Z);
  return { pairs, level: normalUpper(z) };
}

/** The chance that a sum of normal differences of mean 0 ever passes its bound on either side. */
function crossing(pairs: readonly number[], bounds: readonly number[]): number {
  let inside: { readonly at: Float64Array; readonly weight: Float64Array } | undefined;
  let crossed = 0;
  pairs.forEach((count, look) => {
    const edge = (bounds[look] ?? 0) * Math.sqrt(count);
    const sd = Math.sqrt(count - (look === 0 ? 0 : (pairs[look - 1] ?? 0)));
    const before = inside ?? { at: Float64Array.of(0), weight: Float64Array.of(1) };
    before.at.forEach((sum, index) => {
      crossed += (before.weight[index] ?? 0) * (normalUpper((edge - sum) / sd) + normalUpper((edge + sum) / sd));
    });
    if (look < pairs.length - 1) inside = stayed(before, edge, sd);
  });
  return crossed;
}

/** The density of the sum inside the bound after one more look, times the weights of Simpson's rule. */
function stayed(
  before: { readonly at: Float64Array; readonly weight: Float64Array },
  edge: number,
  sd: number,
): { at: Float64Array; weight: Float64Array } {
  const width = (2 * edge) / STEPS;
  const at = Float64Array.from({ length: STEPS + 1 }, (_, index) => -edge + index * width);
  const weight = at.map((sum, index) => {
    let density = 0;
    for (let from = 0; from < before.at.length; from += 1) {
      const z = (sum - (before.at[from] ?? 0)) / sd;
      density += (before.weight[from] ?? 0) * Math.exp((-z * z) / 2);
    }
    const simpson = index === 0 || index === STEPS ? 1 : index % 2 === 1 ? 4 : 2;
    return (density / (sd * Math.sqrt(2 * Math.PI))) * simpson * (width / 3);
  });
  return { at, weight };
}
