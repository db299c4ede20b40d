/**
 * Histograms of consecutive bins of time, sparse: bin `i` owns the entries from `starts[i]` up to `starts[i + 1]`, each a
 * bucket (see log-buckets) and how many values are in it, in the order of the buckets.
 */
export interface Cells {
  /** One more than there are bins. */
  readonly starts: Int32Array;
  readonly buckets: Int32Array;
  readonly counts: Uint32Array;
}

/** Collects cells bin by bin. */
export interface CellsBuilder {
  /** Adds the next bin; `pairs` are (bucket, count) in the order of the buckets. */
  add(pairs: Iterable<readonly [bucket: number, count: number]>): void;
  finish(): Cells;
}

/** Cells without any bin so far. */
export function createCells(): CellsBuilder {
  const starts = [0];
  const buckets: number[] = [];
  const counts: number[] = [];
  return {
    add: (pairs) => {
      for (const [bucket, count] of pairs) {
        buckets.push(bucket);
        counts.push(count);
      }
      starts.push(buckets.length);
    },
    finish: () => ({
      starts: Int32Array.from(starts),
      buckets: Int32Array.from(buckets),
      counts: Uint32Array.from(counts),
    }),
  };
}
