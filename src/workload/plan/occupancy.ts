/** Counts how many are present at the same time, as averages over short intervals ("bins") of equal width. */
export interface Occupancy {
  /** Somebody is present from one moment to another. Milliseconds, `to` not before `from`, `from` 0 or later. */
  add(fromMs: number, toMs: number): void;
  /** The average number present in each bin. What lies after the last bin is left out. */
  averages(): number[];
}

/**
 * An empty count. Adding takes the same short time however long somebody stays.
 *
 * @param binMs width of a bin. @param bins how many, 1 or more.
 */
export function createOccupancy(binMs: number, bins: number): Occupancy {
  const partial = new Float64Array(bins + 1);
  const changes = new Float64Array(bins + 2);

  function addTo(array: Float64Array, bin: number, amount: number): void {
    const index = Math.min(bin, array.length - 1);
    array[index] = (array[index] ?? 0) + amount;
  }

  return {
    add: (fromMs, toMs) => {
      const [from, to] = [fromMs / binMs, toMs / binMs];
      const [first, last] = [Math.floor(from), Math.floor(to)];
      if (first === last) {
        addTo(partial, first, to - from);
        return;
      }
      addTo(partial, first, first + 1 - from);
      addTo(partial, last, to - last);
      addTo(changes, first + 1, 1);
      addTo(changes, last, -1);
    },
    averages: () => {
      let whole = 0;
      return Array.from({ length: bins }, (_, bin) => {
        whole += changes[bin] ?? 0;
        return whole + (partial[bin] ?? 0);
      });
    },
  };
}
