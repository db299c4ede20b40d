/** What has to be left out at the beginning of a series. */
export type WarmUp =
  | {
      readonly kind: 'ends';
      /** This many values belong to it, from 0. */
      readonly count: number;
    }
  /** The best cut would lie in the second half: the series is too short, or never steady. */
  | { readonly kind: 'not over' }
  /** Fewer than ten batches. */
  | { readonly kind: 'too short' };

const BATCH = 5;
const FEWEST_BATCHES = 10;

/**
 * Where the warm-up of a series ends, by MSER-5: the cut after which the mean of what is left, in batches of five, is known best
 * (K. P. White, Simulation 69, 1997; White, Cobb and Spratt, Winter Simulation Conference 2000).
 *
 * @param series in the order of time.
 * @example warmUpOf([9, 9, 9, 9, 9, ...fiftyValuesAround(1)]) // { kind: 'ends', count: 5 }
 */
export function warmUpOf(series: ArrayLike<number>): WarmUp {
  const means = batchMeans(series, BATCH);
  if (means.length < FEWEST_BATCHES) return { kind: 'too short' };
  let best = { cut: 0, statistic: Infinity };
  // From the end, so that each cut adds one batch to mean and squares (Welford); of equal cuts the earliest wins.
  let [count, mean, squares] = [0, 0, 0];
  for (let cut = means.length - 1; cut >= 0; cut -= 1) {
    const value = means[cut] ?? 0;
    count += 1;
    const step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
    // The last few batches are always alike: their statistic says nothing.
    const statistic = squares / count ** 2;
    if (count >= BATCH && statistic <= best.statistic) best = { cut, statistic };
  }
  return best.cut > means.length / 2 ? { kind: 'not over' } : { kind: 'ends', count: best.cut * BATCH };
}

/**
 * Means of so many values in a row; what is left at the end is left out.
 *
 * @param size whole, at least 1.
 */
export function batchMeans(series: ArrayLike<number>, size: number): Float64Array {
  return Float64Array.from({ length: Math.floor(series.length / size) }, (_, batch) => {
    let sum = 0;
    for (let index = batch * size; index < (batch + 1) * size; index += 1) sum += series[index] ?? 0;
    return sum / size;
  });
}
