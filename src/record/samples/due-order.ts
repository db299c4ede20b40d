import { COLUMN_NAMES, type ColumnName, type SampleColumns, type Samples } from './sample-columns.ts';

/**
 * Puts samples in the order in which they were due; those of one moment keep their order.
 *
 * @returns the same samples: they are sorted where they stand, since twice a long run may not fit into memory.
 */
export function inDueOrder<C extends ColumnName>(samples: Samples<C | 'due'>): Samples<C | 'due'> {
  if (isOrdered(samples.due)) return samples;
  const order = timeOrder(samples.due);
  for (const column of COLUMN_NAMES) if (column in samples) permute(samples[column as C], order);
  return samples;
}

function isOrdered(due: Float64Array): boolean {
  for (let row = 1; row < due.length; row += 1) if ((due[row] ?? 0) < (due[row - 1] ?? 0)) return false;
  return true;
}

function permute(column: SampleColumns[ColumnName], order: Uint32Array): void {
  // Two kinds of 16-bit numbers would make five kinds of arrays in the loop below, one more than V8 keeps fast.
  const target =
    column instanceof Uint16Array ? new Int16Array(column.buffer, column.byteOffset, column.length) : column;
  const source = target.slice();
  for (let row = 0; row < order.length; row += 1) target[row] = source[order[row] ?? 0] ?? 0;
}

const DIGIT = 2 ** 16;

/**
 * The rows in the order of their times; those of one microsecond keep their order. A radix sort on microseconds since the first: it needs no
 * comparison per pair, and a run of an hour takes two passes.
 *
 * @param times milliseconds.
 */
export function timeOrder(times: Float64Array): Uint32Array {
  const first = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const micros = times.map((ms) => Math.round((ms - first) * 1000));
  const last = micros.reduce((a, b) => Math.max(a, b), 0);
  let order = Uint32Array.from({ length: times.length }, (_, row) => row);
  for (let unit = 1; unit <= last; unit *= DIGIT) order = sortByDigit(order, micros, unit);
  return order;
}

function sortByDigit(order: Uint32Array, values: Float64Array, unit: number): Uint32Array<ArrayBuffer> {
  const digitOf = (row: number): number => Math.floor((values[row] ?? 0) / unit) % DIGIT;
  const starts = new Uint32Array(DIGIT + 1);
  for (const row of order) starts[digitOf(row) + 1] = (starts[digitOf(row) + 1] ?? 0) + 1;
  for (let digit = 1; digit <= DIGIT; digit += 1) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  const sorted = new Uint32Array(order.length);
  for (const row of order) {
    const digit = digitOf(row);
    const at = starts[digit] ?? 0;
    sorted[at] = row;
    starts[digit] = at + 1;
  }
  return sorted;
}
