import { createByteReader, createByteWriter, unzigzag, zigzag } from './varint.ts';

/**
 * Plain data with typed arrays in it, as bytes: JSON for everything but the arrays, and these as variable-length numbers.
 * A `Uint32Array` is stored as it is (counts, mostly small), an `Int32Array` by its differences (positions and buckets,
 * mostly ascending).
 */

/** The key that marks the place of an array in the JSON; the text after it keeps users' own keys apart. */
const ARRAY = '\u0000array';

interface Reference {
  readonly [ARRAY]: 'plain' | 'differences';
  readonly length: number;
}

/** The bytes of `value`: length of the JSON (4 bytes, big end first), the JSON, the numbers. */
export function pack(value: unknown): Uint8Array {
  const numbers = createByteWriter();
  const text = JSON.stringify(value, (_key, field: unknown) => {
    if (field instanceof Uint32Array) return reference('plain', field, numbers.unsigned);
    if (field instanceof Int32Array) {
      let previous = 0;
      return reference('differences', field, (each) => {
        numbers.unsigned(zigzag(each - previous));
        previous = each;
      });
    }
    return field;
  });
  const json = new TextEncoder().encode(text);
  const tail = numbers.bytes();
  const packed = new Uint8Array(4 + json.length + tail.length);
  new DataView(packed.buffer).setUint32(0, json.length);
  packed.set(json, 4);
  packed.set(tail, 4 + json.length);
  return packed;
}

function reference(
  kind: Reference[typeof ARRAY],
  array: Uint32Array | Int32Array,
  write: (value: number) => void,
): Reference {
  for (const value of array) write(value);
  return { [ARRAY]: kind, length: array.length };
}

/** The inverse of `pack`. What it returns has the shape that was packed; nothing checks it. */
export function unpack(packed: Uint8Array): unknown {
  const length = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0);
  const parsed: unknown = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length)));
  return revive(parsed, createByteReader(packed.subarray(4 + length)));
}

/** Goes through the value in the order in which it was written: that of the keys. */
function revive(value: unknown, next: () => number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isReference(value)) return readArray(value, next);
  if (Array.isArray(value)) return value.map((item) => revive(item, next));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, revive(field, next)]));
}

function isReference(value: object): value is Reference {
  return ARRAY in value;
}

function readArray({ [ARRAY]: kind, length }: Reference, next: () => number): Uint32Array | Int32Array {
  if (kind === 'plain') {
    const array = new Uint32Array(length);
    for (let index = 0; index < length; index += 1) array[index] = next();
    return array;
  }
  const array = new Int32Array(length);
  for (let index = 0, value = 0; index < length; index += 1) {
    value += unzigzag(next());
    array[index] = value;
  }
  return array;
}
