import { type Data, type DataType, type RecordBatch, Type } from 'apache-arrow';
import { NONE, type SampleNames } from './sample-buffer.ts';
import { COLUMN_NAMES, type ColumnName, createColumns, type SampleColumns, type Samples } from './sample-columns.ts';
import { COLUMN_FORMS, NAME_TYPES, SAMPLE_SCHEMA } from './sample-schema.ts';

/** What stands for null, in columns that can be null. */
const ABSENT: Partial<Record<ColumnName, number>> = {
  queued: NONE,
  connect: NONE,
  tls: NONE,
  sent: NONE,
  firstByte: NONE,
  status: 0,
  error: -1,
  phase: -1,
  journey: -1,
  endpoint: -1,
};

/** What does not fit when a file is Arrow, but not a file of samples. */
export function schemaFault(batch: RecordBatch): string | undefined {
  const missing = SAMPLE_SCHEMA.fields.find((field, index) => {
    const found = batch.schema.fields[index];
    return found?.name !== field.name || String(found.type) !== String(field.type);
  });
  return missing && `there is no column ${missing.name} of type ${String(missing.type)} where it is expected`;
}

/** The samples of a record batch: the inverse of the encoder. The batch must have the schema of samples. */
export function decodeBatch<C extends ColumnName>(batch: RecordBatch, wanted: readonly C[]): Samples<C> {
  const columns = createColumns(wanted, batch.numRows);
  for (const column of wanted) fill(columns[column], column, dataOf(batch, column));
  return { count: batch.numRows, names: namesOf(batch), ...columns };
}

function dataOf(batch: RecordBatch, column: ColumnName): Data<DataType> {
  const data = batch.data.children[COLUMN_NAMES.indexOf(column)];
  if (data === undefined) throw new RangeError(`no column ${COLUMN_FORMS[column].name}`);
  return data;
}

function fill(target: SampleColumns[ColumnName], column: ColumnName, data: Data<DataType>): void {
  const values: unknown = data.values;
  if (values instanceof BigInt64Array) fillMilliseconds(target, values);
  else if (data.typeId === Type.Bool && values instanceof Uint8Array) fillBits(target, values, data.offset);
  else if (isNumbers(values)) target.set(values.subarray(0, target.length));
  const absent = ABSENT[column];
  if (absent === undefined || data.nullCount === 0) return;
  for (let row = 0; row < target.length; row += 1) if (!data.getValid(row)) target[row] = absent;
}

function isNumbers(values: unknown): values is Uint8Array | Uint16Array | Uint32Array | Int16Array {
  return (
    values instanceof Uint8Array ||
    values instanceof Uint16Array ||
    values instanceof Uint32Array ||
    values instanceof Int16Array
  );
}

function fillMilliseconds(target: SampleColumns[ColumnName], micros: BigInt64Array): void {
  const halves = new Uint32Array(micros.buffer, micros.byteOffset, micros.length * 2);
  for (let row = 0; row < target.length; row += 1) {
    target[row] = ((halves[row * 2 + 1] ?? 0) * 2 ** 32 + (halves[row * 2] ?? 0)) / 1000;
  }
}

function fillBits(target: SampleColumns[ColumnName], bits: Uint8Array, offset: number): void {
  for (let row = 0; row < target.length; row += 1) {
    const at = row + offset;
    target[row] = ((bits[at >> 3] ?? 0) >> (at & 7)) & 1;
  }
}

function namesOf(batch: RecordBatch): SampleNames {
  const namesIn = (column: keyof typeof NAME_TYPES): string[] =>
    [...(batch.dictionaries.get(NAME_TYPES[column].id) ?? [])].map(String);
  return {
    error: namesIn('error'),
    phase: namesIn('phase'),
    journey: namesIn('journey'),
    endpoint: namesIn('endpoint'),
  };
}
