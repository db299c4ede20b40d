import { type Cells, type CellsBuilder, createCells } from '../shared/cells.ts';
import { bucketOf, LARGEST_BUCKET } from '../shared/log-buckets.ts';

/** Room for the buckets of one cell in a sort key. */
const KEYS_PER_CELL = 2 * LARGEST_BUCKET + 1;

/**
 * Histograms by group and bin.
 *
 * @param msOf the value of a row; undefined: it has none.
 */
export function cellsByGroup(
  rows: { readonly group: Int32Array; readonly bin: Int32Array },
  groups: number,
  bins: number,
  msOf: (row: number) => number | undefined,
): Cells[] {
  const keys = sortKeys(rows, bins, msOf);
  const builders = Array.from({ length: groups }, createCells);
  let at = 0;
  builders.forEach((builder, group) => {
    for (let bin = 0; bin < bins; bin += 1) at = addCell(builder, keys, at, group * bins + bin);
  });
  return builders.map((builder) => builder.finish());
}

/** One sorted number for each value, cell first and bucket second: one native sort instead of one per cell. */
function sortKeys(
  { group, bin }: { readonly group: Int32Array; readonly bin: Int32Array },
  bins: number,
  msOf: (row: number) => number | undefined,
): Float64Array {
  const keys = new Float64Array(group.length);
  let length = 0;
  for (let row = 0; row < group.length; row += 1) {
    const ms = msOf(row);
    if (ms === undefined) continue;
    const cell = (group[row] ?? 0) * bins + (bin[row] ?? 0);
    keys[length] = cell * KEYS_PER_CELL + bucketOf(ms) + LARGEST_BUCKET;
    length += 1;
  }
  return keys.subarray(0, length).sort();
}

/** Adds all values of one cell. @returns where the next cell begins. */
function addCell(builder: CellsBuilder, keys: Float64Array, start: number, cell: number): number {
  const end = (cell + 1) * KEYS_PER_CELL;
  const pairs: [number, number][] = [];
  let at = start;
  while (at < keys.length && (keys[at] ?? 0) < end) {
    const key = keys[at] ?? 0;
    const from = at;
    while (at < keys.length && keys[at] === key) at += 1;
    pairs.push([key - cell * KEYS_PER_CELL - LARGEST_BUCKET, at - from]);
  }
  builder.add(pairs);
  return at;
}
