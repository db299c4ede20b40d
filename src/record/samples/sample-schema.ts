import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import {
  Bool,
  CompressionType,
  compressionRegistry,
  type DataType,
  Dictionary,
  Field,
  Int16,
  Schema,
  TimestampMicrosecond,
  Uint8,
  Uint16,
  Uint32,
  Utf8,
} from 'apache-arrow';
import type { NamedColumn } from './sample-buffer.ts';
import type { ColumnName } from './sample-columns.ts';

/** A column of names: an index of two bytes into a dictionary. */
export type NameType = Dictionary<Utf8, Int16>;

function nameType(id: number): NameType {
  return new Dictionary(new Utf8(), new Int16(), id);
}

/** The dictionaries have the same numbers in every file. */
export const NAME_TYPES: Readonly<Record<NamedColumn, NameType>> = {
  error: nameType(0),
  phase: nameType(1),
  journey: nameType(2),
  endpoint: nameType(3),
};

interface ColumnForm {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

/** What a column is called in the file, and what it holds. The order is that of the file. */
export const COLUMN_FORMS = {
  due: { name: 'due', type: new TimestampMicrosecond('UTC'), nullable: false },
  queued: { name: 'queued', type: new Uint32(), nullable: true },
  connect: { name: 'connect', type: new Uint32(), nullable: true },
  tls: { name: 'tls', type: new Uint32(), nullable: true },
  sent: { name: 'sent', type: new Uint32(), nullable: true },
  firstByte: { name: 'first_byte', type: new Uint32(), nullable: true },
  lastByte: { name: 'last_byte', type: new Uint32(), nullable: false },
  status: { name: 'status', type: new Uint16(), nullable: true },
  error: { name: 'error', type: NAME_TYPES.error, nullable: true },
  bytesUp: { name: 'bytes_up', type: new Uint32(), nullable: false },
  bytesDown: { name: 'bytes_down', type: new Uint32(), nullable: false },
  reused: { name: 'reused', type: new Bool(), nullable: false },
  phase: { name: 'phase', type: NAME_TYPES.phase, nullable: true },
  journey: { name: 'journey', type: NAME_TYPES.journey, nullable: true },
  endpoint: { name: 'endpoint', type: NAME_TYPES.endpoint, nullable: true },
  worker: { name: 'worker', type: new Uint8(), nullable: false },
} as const satisfies Record<ColumnName, ColumnForm>;

/** The schema of `samples.arrow`. */
export const SAMPLE_SCHEMA = new Schema(
  Object.values(COLUMN_FORMS).map(({ name, type, nullable }) => new Field<DataType>(name, type, nullable)),
);

// apache-arrow brings no codec of its own. Its default level is where zstd is both fast and small on these columns.
compressionRegistry.set(CompressionType.ZSTD, {
  encode: (data) => zstdCompressSync(data),
  // A copy: arrays of eight-byte values need an address that is a multiple of eight, which a Buffer need not have.
  decode: (data) => new Uint8Array(zstdDecompressSync(data)),
});
