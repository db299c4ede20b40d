/** Coefficients for g = 7 and nine terms (P. Godfrey, A note on the computation of the convergent Lanczos complex gamma, 2001). */
const FIRST = 0.999_999_999_999_809_9;
const LANCZOS = [
  676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6,
  12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
];
const G = 7;

/**
 * The natural logarithm of the gamma function, by Lanczos' approximation; to about 14 digits.
 *
 * @param x above 0.
 * @example logGamma(5) // Math.log(24)
 */
export function logGamma(x: number): number {
  // The approximation holds from 0.5 on; the reflection formula mirrors what lies below.
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const sum = LANCZOS.reduce((total, coefficient, index) => total + coefficient / (shifted + index + 1), FIRST);
  const base = shifted + G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** The natural logarithm of n!, for whole n from 0. */
export function logFactorial(n: number): number {
  return n < 2 ? 0 : logGamma(n + 1);
}
