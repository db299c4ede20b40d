import { closeSync, openSync, readSync } from 'node:fs';
import { Message } from 'apache-arrow';

/** Every message of a stream begins with four bytes of ones and the length of its metadata. */
const PREFIX_BYTES = 8;
const CONTINUATION = -1;

/**
 * Reads an Arrow stream message by message, without having all of it in memory, up to the last message that is complete:
 * a writer that was killed leaves the beginning of one.
 *
 * @returns for each message its prefix with its metadata, and its body.
 * @throws Error of the file system. RangeError when something else stands where a message should begin.
 */
export function* wholeMessages(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (let at = 0; ; ) {
      const head = readHead(file, at);
      if (head === undefined) return;
      const bodyLength = Message.decode(head.subarray(PREFIX_BYTES)).bodyLength;
      const body = readExactly(file, at + head.length, bodyLength);
      if (body === undefined) return;
      yield head;
      if (bodyLength > 0) yield body;
      at += head.length + bodyLength;
    }
  } finally {
    closeSync(file);
  }
}

/** Prefix and metadata; undefined at the end of the stream, or of the file. */
function readHead(file: number, at: number): Uint8Array | undefined {
  const prefix = readExactly(file, at, PREFIX_BYTES);
  if (prefix === undefined) return undefined;
  const view = new DataView(prefix.buffer);
  // A file system that lost its power may leave zeros where the last writes should be.
  if (view.getInt32(0, true) === 0) return undefined;
  if (view.getInt32(0, true) !== CONTINUATION) throw new RangeError(`no message begins at byte ${at}`);
  const metadataLength = view.getInt32(4, true);
  return metadataLength <= 0 ? undefined : readExactly(file, at, PREFIX_BYTES + metadataLength);
}

/** Not a Buffer: one of those may begin anywhere in its memory, and arrays of numbers inside it must be aligned. */
function readExactly(file: number, at: number, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const read = readSync(file, bytes, done, length - done, at + done);
    if (read === 0) return undefined;
    done += read;
  }
  return bytes;
}
