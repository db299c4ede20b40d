import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { answerCollect, collectMeasured } from './live-events.ts';
import { SampleBuffer } from './samples/sample-buffer.ts';

test('collects what every engine measured since the last time', () => {
  const events = new EventEmitter();
  const buffers = [new SampleBuffer(1), new SampleBuffer(2)];
  for (const buffer of buffers) answerCollect(events, () => ({ slice: undefined, samples: buffer.take() }));
  buffers[0]?.add(1, 0, 0, 0, 0, 0, 5, 200, -1, 0, 0, 0, -1, -1, -1);

  expect(collectMeasured(events).map(({ samples }) => samples?.count)).toEqual([1, undefined]);
  expect(collectMeasured(events).map(({ samples }) => samples?.count)).toEqual([undefined, undefined]);
});

test('collects nothing where no engine answers', () => {
  expect(collectMeasured(new EventEmitter())).toEqual([]);
});
