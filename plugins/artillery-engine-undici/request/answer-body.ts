import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

interface Limit {
  readonly maxOutputLength?: number;
}

const DECODERS: Readonly<Record<string, (body: Buffer, limit: Limit) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateAnything,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** Some servers send the raw stream where the standard asks for a zlib wrapper; the first byte tells. */
function inflateAnything(body: Buffer, limit: Limit): Buffer {
  return ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body, limit) : inflateRawSync(body, limit);
}

/**
 * The body of an answer as text.
 *
 * @param encoding of `content-encoding`; undefined or unknown: as it is.
 * @param maxOutputLength how large it may become when it is unpacked; undefined: as large as it is.
 * @throws Error of `node:zlib` for a body that is not what its encoding says, or becomes larger than it may.
 */
export function readBody(chunks: readonly Buffer[], encoding: string | undefined, maxOutputLength?: number): string {
  if (chunks.length === 0) return '';
  const whole = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  const decode = encoding === undefined ? undefined : DECODERS[encoding.toLowerCase()];
  return (
    decode === undefined ? whole : decode(whole, maxOutputLength === undefined ? {} : { maxOutputLength })
  ).toString('utf8');
}
