/** The middle of some repeated measurements and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly count: number;
}

/** @throws RangeError for no values: nothing measured is not 0. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) throw new RangeError('nothing was measured');
  return { median: quantileOfSorted(sorted, 0.5), least, most, count: sorted.length };
}

/** Quantile by Hyndman and Fan's type 7, of values in ascending order. @throws RangeError for no values. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const lower = sorted[Math.floor(position)];
  const upper = sorted[Math.ceil(position)];
  if (lower === undefined || upper === undefined) throw new RangeError('nothing was measured');
  return lower + (upper - lower) * (position - Math.floor(position));
}
