/** Whole numbers as bytes, seven bits in each, the highest bit set in all but the last (LEB128): small ones take one byte. */

/** Collects bytes in a buffer that grows. */
export interface ByteWriter {
  /** A whole number from 0 up to 2^53 - 1. */
  unsigned(value: number): void;
  bytes(): Uint8Array;
}

/** An empty writer. */
export function createByteWriter(): ByteWriter {
  let buffer = new Uint8Array(1024);
  let length = 0;
  return {
    unsigned: (value) => {
      if (length + 8 > buffer.length) {
        const larger = new Uint8Array(buffer.length * 2);
        larger.set(buffer);
        buffer = larger;
      }
      let rest = value;
      while (rest >= 128) {
        buffer[length] = (rest % 128) + 128;
        length += 1;
        rest = Math.floor(rest / 128);
      }
      buffer[length] = rest;
      length += 1;
    },
    bytes: () => buffer.slice(0, length),
  };
}

/** Reads what a writer wrote, one number a call; past the end it gives 0. */
export function createByteReader(bytes: Uint8Array): () => number {
  let offset = 0;
  return () => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = bytes[offset] ?? 0;
      offset += 1;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  };
}

/** Folds signed numbers into unsigned ones so that those near 0 stay small: 0, -1, 1, -2 become 0, 1, 2, 3. */
export function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

/** The inverse of `zigzag`. */
export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
