import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readBody } from './answer-body.ts';

const TEXT = 'Größe '.repeat(100);

describe('the body of an answer', () => {
  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['GZIP', gzipSync],
  ])('is unpacked from %s', (encoding, pack) => {
    expect(readBody([pack(TEXT)], encoding)).toBe(TEXT);
  });

  test('is the same text wherever it is cut', () => {
    const bytes = Buffer.from('ü€𝄞');
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(readBody([bytes.subarray(0, cut), bytes.subarray(cut)], undefined)).toBe('ü€𝄞');
    }
  });

  test('is left as it is with an encoding that nobody knows', () => {
    expect(readBody([Buffer.from('abc')], 'identity')).toBe('abc');
  });

  test('that is not what its encoding says is an error', () => {
    expect(() => readBody([Buffer.from('abc')], 'gzip')).toThrow('incorrect header check');
  });
});
