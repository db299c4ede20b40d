import { invertMonotone } from './invert-monotone.ts';

const NUMERATOR = [
  0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
];
const DENOMINATOR = [
  0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];

/** From here on the continued fraction is the more exact one. */
const FAR = 7.07106781186547;

/**
 * The chance that a standard normal variable exceeds z, to 1e-15, and to 1e-8 of itself far out in the tail (Hart's rational
 * approximation as given by G. West, Better approximations to cumulative normal functions, Wilmott Magazine, 2005).
 */
export function normalUpper(z: number): number {
  if (z < 0) return 1 - normalUpper(-z);
  const density = Math.exp((-z * z) / 2);
  if (z < FAR) return (density * polynomial(NUMERATOR, z)) / polynomial(DENOMINATOR, z);
  const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
  return density / fraction / Math.sqrt(2 * Math.PI);
}

/**
 * The standard normal quantile.
 *
 * @param p above 0 and below 1.
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  // The lower half by symmetry: 1 − tail would lose the digits of small p.
  if (p > 0.5) return -normalQuantile(1 - p);
  return invertMonotone((z) => normalUpper(-z), p, -40, 0);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
