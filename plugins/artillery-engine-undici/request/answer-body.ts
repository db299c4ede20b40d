import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateAnything,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** Some servers send the raw stream where the standard asks for a zlib wrapper; the first byte tells. */
function inflateAnything(body: Buffer): Buffer {
  return ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body) : inflateRawSync(body);
}

/**
 * The body of an answer as text.
 *
 * @param encoding of `content-encoding`; undefined or unknown: as it is.
 * @throws Error of `node:zlib` for a body that is not what its encoding says.
 */
export function readBody(chunks: readonly Buffer[], encoding: string | undefined): string {
  if (chunks.length === 0) return '';
  const whole = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  const decode = encoding === undefined ? undefined : DECODERS[encoding.toLowerCase()];
  return (decode === undefined ? whole : decode(whole)).toString('utf8');
}
