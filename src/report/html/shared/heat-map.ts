import { addGroups } from './figures.ts';
import { clearHistogram, createHistogram } from './histogram.ts';
import { LARGEST_BUCKET, valueOfBucket } from './log-buckets.ts';
import type { Group, Measure } from './report-data.ts';
import type { Points } from './series.ts';

/** How many requests took how long, when. */
export interface HeatMap {
  /** Lower edge of the lowest row, ms; each row is `rowFactor` times as high as the one below. */
  readonly lowestMs: number;
  readonly rowFactor: number;
  readonly rows: number;
  /** Row after row from the lowest: a number of requests for each point. */
  readonly counts: Float64Array;
  readonly largest: number;
}

const ROWS_PER_DECADE = 12;

/** The heat map of some groups; undefined when nothing was measured. */
export function heatMap(groups: readonly Group[], measure: Measure, { starts, perPoint }: Points): HeatMap | undefined {
  const columns: { readonly row: number; readonly count: number }[][] = [];
  const histogram = createHistogram();
  let [lowest, highest, largest] = [Infinity, -Infinity, 0];
  for (const from of starts) {
    clearHistogram(histogram);
    addGroups(histogram, groups, measure, from, from + perPoint);
    const column = new Map<number, number>();
    for (let bucket = Math.max(0, histogram.lowest); bucket <= histogram.highest; bucket += 1) {
      const count = histogram.counts[bucket + LARGEST_BUCKET] ?? 0;
      if (count === 0) continue;
      const row = rowOf(valueOfBucket(bucket));
      column.set(row, (column.get(row) ?? 0) + count);
    }
    for (const [row, count] of column) {
      lowest = Math.min(lowest, row);
      highest = Math.max(highest, row);
      largest = Math.max(largest, count);
    }
    columns.push([...column].map(([row, count]) => ({ row, count })));
  }
  if (largest === 0) return undefined;
  const rows = highest - lowest + 1;
  const counts = new Float64Array(rows * starts.length);
  columns.forEach((column, point) => {
    for (const { row, count } of column) counts[(row - lowest) * starts.length + point] = count;
  });
  return { lowestMs: 10 ** (lowest / ROWS_PER_DECADE), rowFactor: 10 ** (1 / ROWS_PER_DECADE), rows, counts, largest };
}

/** Answers faster than 10 microseconds share the lowest row. */
function rowOf(ms: number): number {
  return Math.max(-5 * ROWS_PER_DECADE, Math.floor(Math.log10(Math.max(1e-9, ms)) * ROWS_PER_DECADE));
}
