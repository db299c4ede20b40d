import { quantileByRank, quantileOf, quantileOfSorted, type Sketch, type SlidingValues } from '../../stats/index.ts';

/** Some values, at least one, of which a sentence can ask figures. In the unit of the sentence's limit. */
export interface Values {
  /** @param q 0–1. */
  quantile(q: number): number;
  mean(): number;
  min(): number;
  max(): number;
}

/** Values of a histogram: quantiles within 1 %, the rest exact. Undefined: it is empty. */
export function valuesOfSketch(sketch: Sketch | undefined): Values | undefined {
  if (sketch === undefined || sketch.count === 0) return undefined;
  return {
    quantile: (q) => quantileOf(sketch, q),
    mean: () => sketch.sum / sketch.count,
    min: () => sketch.min,
    max: () => sketch.max,
  };
}

const US_PER_MS = 1000;

/** Times in microseconds, exactly, as milliseconds. Undefined: there are none. @param times are sorted where they stand. */
export function valuesOfTimes(times: Uint32Array): Values | undefined {
  if (times.length === 0) return undefined;
  const sorted = times.sort();
  return {
    quantile: (q) => quantileOfSorted(sorted, q) / US_PER_MS,
    mean: () => sorted.reduce((sum, time) => sum + time, 0) / sorted.length / US_PER_MS,
    min: () => (sorted[0] ?? 0) / US_PER_MS,
    max: () => (sorted.at(-1) ?? 0) / US_PER_MS,
  };
}

/** The same of a window that slides. Valid until the window changes. */
export function valuesOfWindow(times: SlidingValues): Values | undefined {
  const { count, sum } = times;
  if (count === 0) return undefined;
  return {
    quantile: (q) => quantileByRank(count, q, (rank) => times.atRank(rank)) / US_PER_MS,
    mean: () => sum / count / US_PER_MS,
    min: () => times.atRank(0) / US_PER_MS,
    max: () => times.atRank(count - 1) / US_PER_MS,
  };
}
