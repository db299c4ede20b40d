import type { SampleBatch, SampleNames } from './sample-buffer.ts';

/** The columns of a sample, as in `SampleBatch`, and the number of the worker that measured it. */
export type SampleColumns = Omit<SampleBatch, 'worker' | 'count' | 'names'> & { readonly worker: Uint8Array };

export type ColumnName = keyof SampleColumns;

/** Samples, or some columns of them: all columns have `count` entries, and named columns hold indices into `names`. */
export type Samples<C extends ColumnName = ColumnName> = Pick<SampleColumns, C> & {
  readonly count: number;
  readonly names: SampleNames;
};

const ARRAYS = {
  due: Float64Array,
  queued: Uint32Array,
  connect: Uint32Array,
  tls: Uint32Array,
  sent: Uint32Array,
  firstByte: Uint32Array,
  lastByte: Uint32Array,
  status: Uint16Array,
  error: Int16Array,
  bytesUp: Uint32Array,
  bytesDown: Uint32Array,
  reused: Uint8Array,
  phase: Int16Array,
  journey: Int16Array,
  endpoint: Int16Array,
  worker: Uint8Array,
} as const satisfies Record<ColumnName, unknown>;

/** All columns, in the order in which they stand in the file. */
export const COLUMN_NAMES = Object.keys(ARRAYS) as readonly ColumnName[];

/** Columns of zeros. */
export function createColumns<C extends ColumnName>(columns: readonly C[], count: number): Pick<SampleColumns, C> {
  const entries = columns.map((column) => [column, new ARRAYS[column](count)]);
  return Object.fromEntries(entries) as Pick<SampleColumns, C>;
}

/** Copies samples into columns from an index on; there must be room. */
export function copyColumns<C extends ColumnName>(
  target: Pick<SampleColumns, C>,
  source: Pick<SampleColumns, C>,
  columns: readonly C[],
  at: number,
): void {
  for (const column of columns) target[column].set(source[column], at);
}

/** The samples from one index to before another, without copying. */
export function sliceColumns<C extends ColumnName>(
  source: Pick<SampleColumns, C>,
  columns: readonly C[],
  from: number,
  to: number,
): Pick<SampleColumns, C> {
  const entries = columns.map((column) => [column, source[column].subarray(from, to)]);
  return Object.fromEntries(entries) as Pick<SampleColumns, C>;
}
