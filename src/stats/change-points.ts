import type { Random } from './random.ts';

/** A place at which the distribution of a series changes. */
export interface ChangePoint {
  /** Index of the first value after the change. */
  readonly index: number;
  /** The chance of so clear a change in a series without, 0–1; at least 1 / (permutations + 1). */
  readonly p: number;
}

/** How changes are looked for. */
export interface ChangePointOptions {
  readonly random: Random;
  /** Fewest values between two changes, at least 2; default 5. */
  readonly minSize?: number;
  /** Above this p-value nothing is a change, 0–1; default 0.01, since every new run asks again. */
  readonly alpha?: number;
  /** Default 499. */
  readonly permutations?: number;
}

/**
 * The places at which a series changes, by E-divisive: the split with the greatest energy distance between its two sides, tested
 * by permuting what lies between the changes found before (D. S. Matteson and N. A. James, Journal of the American
 * Statistical Association 109, 2014; for performance: D. Daly et al., ICPE 2020). Time grows with the square of the length.
 *
 * @param series in the order of time; some hundred values at most.
 * @returns in the order of time.
 */
export function changePoints(series: readonly number[], options: ChangePointOptions): ChangePoint[] {
  const { random, minSize = 5, alpha = 0.01, permutations = 499 } = options;
  const found: ChangePoint[] = [];
  for (;;) {
    const edges = [0, ...found.map(({ index }) => index), series.length];
    const segments = edges.slice(1).map((to, position) => series.slice(edges[position], to));
    const best = bestOf(segments, minSize);
    if (best === undefined) return found;
    let asClear = 0;
    for (let permutation = 0; permutation < permutations; permutation += 1) {
      const shuffled = segments.map((segment) => shuffle(segment, random));
      if ((bestOf(shuffled, minSize)?.distance ?? 0) >= best.distance) asClear += 1;
    }
    const p = (asClear + 1) / (permutations + 1);
    if (p > alpha) return found;
    found.push({ index: (edges[best.segment] ?? 0) + best.split, p });
    found.sort((a, b) => a.index - b.index);
  }
}

interface Split {
  readonly segment: number;
  readonly split: number;
  readonly distance: number;
}

function bestOf(segments: readonly (readonly number[])[], minSize: number): Split | undefined {
  let best: Split | undefined;
  segments.forEach((values, segment) => {
    const split = bestSplit(values, minSize);
    if (split !== undefined && split.distance > (best?.distance ?? 0)) best = { segment, ...split };
  });
  return best;
}

/**
 * The split of a series, and the end up to which the right side is looked at, with the greatest energy distance. That the right side may
 * end early finds a change that is taken back later.
 *
 * @returns undefined where no split leaves `minSize` values on both sides, or all values are equal.
 */
export function bestSplit(
  values: readonly number[],
  minSize: number,
): { readonly split: number; readonly distance: number } | undefined {
  const sums = distanceSums(values);
  const width = values.length + 1;
  // Sum of distances within the first `to` values.
  const within = (to: number): number => (sums[to * width + to] ?? 0) / 2;
  let best: { split: number; distance: number } | undefined;
  for (let split = minSize; split <= values.length - minSize; split += 1) {
    const left = (2 * within(split)) / (split * (split - 1));
    for (let end = split + minSize; end <= values.length; end += 1) {
      const size = end - split;
      const between = (sums[split * width + end] ?? 0) - (sums[split * width + split] ?? 0);
      const right = (2 * (within(end) - within(split) - between)) / (size * (size - 1));
      const energy = (2 * between) / (split * size) - left - right;
      const distance = ((split * size) / end) * energy;
      if (distance > (best?.distance ?? 0)) best = { split, distance };
    }
  }
  return best;
}

/** Sums of |x_i − x_j| over i < row and j < column, at index row · (n + 1) + column. */
function distanceSums(values: readonly number[]): Float64Array {
  const width = values.length + 1;
  const sums = new Float64Array(width * width);
  for (let row = 1; row < width; row += 1) {
    let inRow = 0;
    for (let column = 1; column < width; column += 1) {
      inRow += Math.abs((values[row - 1] ?? 0) - (values[column - 1] ?? 0));
      sums[row * width + column] = (sums[(row - 1) * width + column] ?? 0) + inRow;
    }
  }
  return sums;
}

function shuffle(values: readonly number[], random: Random): number[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    [shuffled[last], shuffled[other]] = [shuffled[other] ?? 0, shuffled[last] ?? 0];
  }
  return shuffled;
}
