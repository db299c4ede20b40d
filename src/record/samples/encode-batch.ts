import {
  type Data,
  type DataType,
  makeData,
  RecordBatch,
  Struct,
  type Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { type NamedColumn, NONE, type SampleNames } from './sample-buffer.ts';
import { COLUMN_NAMES, type ColumnName, type Samples } from './sample-columns.ts';
import { COLUMN_FORMS, NAME_TYPES, SAMPLE_SCHEMA } from './sample-schema.ts';

/** The names of a column as they stand in the file. */
type NameVectors = Readonly<Record<NamedColumn, Vector<Utf8>>>;

/**
 * Turns samples into record batches of one stream. As long as a dictionary stays the same its object does too, by which
 * apache-arrow's writer sees that it need not be written again; a dictionary that grew is written again as a whole, because
 * not every reader understands additions.
 */
export function createBatchEncoder(): (samples: Samples) => RecordBatch {
  let vectors = vectorsOf({ error: [], phase: [], journey: [], endpoint: [] });
  return (samples) => {
    vectors = vectorsOf(samples.names, vectors);
    const children = COLUMN_NAMES.map((column) => dataOf(column, samples, vectors));
    const struct = new Struct(SAMPLE_SCHEMA.fields);
    return new RecordBatch(SAMPLE_SCHEMA, makeData({ type: struct, length: samples.count, nullCount: 0, children }));
  };
}

function vectorsOf(names: SampleNames, earlier?: NameVectors): NameVectors {
  const vectorOf = (column: NamedColumn): Vector<Utf8> => {
    const known = earlier?.[column];
    return known?.length === names[column].length
      ? known
      : vectorFromArray(names[column], NAME_TYPES[column].dictionary);
  };
  return {
    error: vectorOf('error'),
    phase: vectorOf('phase'),
    journey: vectorOf('journey'),
    endpoint: vectorOf('endpoint'),
  };
}

function dataOf(column: ColumnName, samples: Samples, vectors: NameVectors): Data<DataType> {
  const length = samples.count;
  switch (column) {
    case 'due':
      return makeData({ type: COLUMN_FORMS.due.type, length, nullCount: 0, data: toMicroseconds(samples.due) });
    case 'reused':
      return makeData({
        type: COLUMN_FORMS.reused.type,
        length,
        nullCount: 0,
        data: bitsOf(length, (row) => samples.reused[row] === 1),
      });
    case 'worker':
      return makeData({ type: COLUMN_FORMS.worker.type, length, nullCount: 0, data: samples.worker });
    case 'status':
      return makeData({ type: COLUMN_FORMS.status.type, length, ...nullsIn(samples.status, 0), data: samples.status });
    case 'lastByte':
    case 'bytesUp':
    case 'bytesDown':
      return makeData({ type: COLUMN_FORMS[column].type, length, nullCount: 0, data: samples[column] });
    case 'queued':
    case 'connect':
    case 'tls':
    case 'sent':
    case 'firstByte':
      return makeData({
        type: COLUMN_FORMS[column].type,
        length,
        ...nullsIn(samples[column], NONE),
        data: samples[column],
      });
    case 'error':
    case 'phase':
    case 'journey':
    case 'endpoint':
      return nameData(column, samples[column], vectors[column]);
  }
}

function nameData(column: NamedColumn, ids: Int16Array, dictionary: Vector<Utf8>): Data<DataType> {
  // A reader may look at the index of a null as well; 0 is always inside a dictionary that is not empty.
  const data = ids.map((id) => Math.max(0, id));
  return makeData({ type: NAME_TYPES[column], length: ids.length, ...nullsIn(ids, -1), data, dictionary });
}

/** Which rows hold a value, if any does not. */
function nullsIn(
  values: Uint16Array | Uint32Array | Int16Array,
  absent: number,
): { nullCount: number; nullBitmap: Uint8Array | null } {
  let nullCount = 0;
  for (const value of values) if (value === absent) nullCount += 1;
  if (nullCount === 0) return { nullCount, nullBitmap: null };
  return { nullCount, nullBitmap: bitsOf(values.length, (row) => values[row] !== absent) };
}

/** One bit per row, the lowest of each byte first. */
function bitsOf(count: number, isSet: (row: number) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(count / 8));
  for (let row = 0; row < count; row += 1) {
    if (isSet(row)) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
  }
  return bits;
}

const LOW_HALF = 2 ** 32;

/** Written as two halves: a BigInt for each row would have to be allocated. */
function toMicroseconds(epochMs: Float64Array): BigInt64Array {
  const halves = new Uint32Array(epochMs.length * 2);
  for (let row = 0; row < epochMs.length; row += 1) {
    const micros = Math.round((epochMs[row] ?? 0) * 1000);
    halves[row * 2] = micros % LOW_HALF;
    halves[row * 2 + 1] = Math.floor(micros / LOW_HALF);
  }
  return new BigInt64Array(halves.buffer);
}
