import { Writable } from 'node:stream';
import { outputRedactor } from 'proving-ground/record/index.ts';
import { expect, test } from 'vitest';
import { redactOutput } from './redacted-output.ts';

test('what is printed holds no secret, as text and as bytes, and whoever waits for it is told', async () => {
  const printed: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      printed.push(chunk);
      done();
    },
  });
  outputRedactor.learn(['canary-of-output']);
  redactOutput([stream]);
  stream.write('a canary-of-output\n');
  stream.write(Buffer.from('b canary-of-output\n'));
  const half = Buffer.from('ä').subarray(0, 1);
  await new Promise((resolve) => stream.write(half, resolve));
  expect(printed.slice(0, 2).map(String)).toEqual(['a [redacted]\n', 'b [redacted]\n']);
  expect(printed[2]).toEqual(half);
});
