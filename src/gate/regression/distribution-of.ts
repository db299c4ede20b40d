import { quantileOfSorted } from '../../stats/index.ts';
import type { Distribution } from './block.ts';

/**
 * The figures of a block from its values.
 *
 * @param values in any order; milliseconds, or the unit of a custom metric.
 * @returns undefined for none.
 */
export function distributionOf(values: ArrayLike<number>): Distribution | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  const [p10 = 0, p50 = 0, p95 = 0, p99 = 0] = [0.1, 0.5, 0.95, 0.99].map((q) => quantileOfSorted(sorted, q));
  return { count, p10, p50, p95, p99, mean: sorted.reduce((sum, value) => sum + value, 0) / count };
}
