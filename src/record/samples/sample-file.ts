import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { CompressionType, type RecordBatch, RecordBatchStreamWriter, util } from 'apache-arrow';
import { createBatchEncoder } from './encode-batch.ts';
import type { Samples } from './sample-columns.ts';

/** A file of samples that is being written: an Arrow IPC stream whose bodies are compressed with zstd. */
export interface SampleFile {
  /**
   * Writes one record batch, in one go: whoever kills the process leaves a file that is readable up to the batch before.
   * The names of a later batch must begin with those of an earlier one.
   *
   * @throws Error of the file system; the file then ends with the batch before.
   */
  append(samples: Samples): void;
  /** Marks the end of the stream and closes the file. */
  end(): void;
  /** Closes the file and takes it away. */
  discard(): void;
}

/**
 * Makes the file, or empties it.
 *
 * @throws Error of the file system.
 */
export function createSampleFile(path: string): SampleFile {
  const file = openSync(path, 'w');
  const stream = new ByteCollector();
  const encode = createBatchEncoder();
  let length = 0;

  function flush(): void {
    const bytes = stream.take();
    try {
      writeWhole(file, bytes, length);
      length += bytes.length;
    } catch (cause) {
      ftruncateSync(file, length);
      throw cause;
    }
  }

  return {
    append: (samples) => {
      stream.write(encode(samples));
      flush();
    },
    end: () => {
      stream.finish();
      flush();
      closeSync(file);
    },
    discard: () => {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

/** Stands in the place of a body's length. */
const NOT_COMPRESSED = -1n;

/** Arrow's writer with its output kept until it is asked for: as a stream it would hand it on in pieces, and later. */
class ByteCollector extends RecordBatchStreamWriter {
  #pieces: Uint8Array[] = [];

  constructor() {
    super({ compressionType: CompressionType.ZSTD });
  }

  override write(batch: RecordBatch): void {
    super.write(batch);
  }

  protected override _write(piece: Parameters<typeof util.toUint8Array>[0]): this {
    const bytes = util.toUint8Array(piece);
    if (bytes.byteLength > 0) this.#pieces.push(bytes);
    return this;
  }

  /**
   * In front of each body its length before compression. apache-arrow 21.2 puts the length after it there, which its own
   * reader overlooks and all others refuse (apache/arrow-js#470, mended in later versions).
   */
  protected override _compressBodyBuffers(
    bodies: ArrayBufferView[],
  ): ReturnType<RecordBatchStreamWriter['_compressBodyBuffers']> {
    const compressed = super._compressBodyBuffers(bodies);
    for (const [index, body] of bodies.entries()) {
      const prefix = compressed.buffers[index * 2];
      if (prefix === undefined || prefix.byteLength === 0) continue;
      const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
      if (view.getBigInt64(0, true) !== NOT_COMPRESSED) view.setBigInt64(0, BigInt(body.byteLength), true);
    }
    return compressed;
  }

  /** Everything since the last call. */
  take(): Buffer {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return bytes;
  }
}

function writeWhole(file: number, bytes: Buffer, at: number): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done, at + done);
}
