/** A share with the interval that it is likely to lie in. All 0–1. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % quantile of the standard normal distribution: for intervals of 95 %. */
const Z = 1.959963984540054;

/**
 * The Wilson score interval of 95 % of a share (E. B. Wilson, Journal of the American Statistical Association 22, 1927), also
 * right for few trials and for shares of 0 and 1.
 *
 * @param successes whole, from 0 to `trials`.
 * @returns undefined without trials: nothing is known then.
 * @example wilsonInterval(5, 10) // { share: 0.5, low: 0.2366, high: 0.7634 }
 */
export function wilsonInterval(successes: number, trials: number): ShareInterval | undefined {
  if (trials === 0) return undefined;
  const share = successes / trials;
  const spread = Z ** 2 / trials;
  const middle = (share + spread / 2) / (1 + spread);
  const half = Math.sqrt(share * (1 - share) * spread + (spread / 2) ** 2) / (1 + spread);
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
