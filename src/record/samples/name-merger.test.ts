import { expect, test } from 'vitest';
import { createNameMerger } from './name-merger.ts';
import { SampleBuffer } from './sample-buffer.ts';
import { addSample } from './testing/make-batch.ts';

test('gives the same name of two workers one id, in whatever order they met it', () => {
  const merger = createNameMerger((name) => name);
  const [one, two] = [new SampleBuffer(1), new SampleBuffer(2)];
  for (const endpoint of ['Search', 'Sign in']) addSample(one, { endpoint });
  for (const endpoint of ['Alerts', 'Sign in']) addSample(two, { endpoint });
  const ids = [one, two].map((buffer) => {
    const batch = buffer.take();
    return batch === undefined ? [] : [...merger.translate(batch, 'endpoint')];
  });
  expect(ids).toEqual([
    [0, 1],
    [2, 1],
  ]);
  expect(merger.names().endpoint).toEqual(['Search', 'Sign in', 'Alerts']);
});

test('has no id for a name that is absent', () => {
  const merger = createNameMerger((name) => name);
  const buffer = new SampleBuffer(1);
  addSample(buffer, {});
  const batch = buffer.take();
  expect(batch && [...merger.translate(batch, 'error')]).toEqual([-1]);
});

test('puts names together that look the same without their secret', () => {
  const merger = createNameMerger((name) => name.replace(/key=\w+/, 'key=[redacted]'));
  const buffer = new SampleBuffer(1);
  for (const endpoint of ['GET /?key=abc', 'GET /?key=def']) addSample(buffer, { endpoint });
  const batch = buffer.take();
  expect(batch && [...merger.translate(batch, 'endpoint')]).toEqual([0, 0]);
  expect(merger.names().endpoint).toEqual(['GET /?key=[redacted]']);
});
