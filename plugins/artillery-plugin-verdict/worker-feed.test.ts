import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { type ErrorExample, type GeneratorSecond, NO_MEASUREMENTS, type Slice } from 'proving-ground/record/index.ts';
import { answerCollect, answerEnd } from 'proving-ground/record/live-events.ts';
import { type SampleBatch, SampleBuffer } from 'proving-ground/record/samples/sample-buffer.ts';
import { addSample } from 'proving-ground/record/samples/testing/make-batch.ts';
import { type Sketch, sketchOf } from 'proving-ground/stats/index.ts';
import { expect, test } from 'vitest';
import type { ArtilleryGlobal } from './artillery.ts';
import { feedMainProcess, listenToWorkers } from './worker-feed.ts';

/** A worker with a metric store, and an engine that measures by itself. Both ends of the feed are in this thread. */
async function createWorker(testRunId: string) {
  const counted: string[] = [];
  const store = {
    incr: (name: string, _value: number) => void counted.push(name),
    histogram: () => undefined,
    rate: () => undefined,
  };
  const events = new EventEmitter();
  const sendLags: Sketch[] = [];
  const heard: { slices: Slice[]; samples: SampleBatch[]; seconds: GeneratorSecond[]; examples: ErrorExample[] } = {
    ...{ slices: [], samples: [], seconds: [], examples: [] },
  };
  const feed = listenToWorkers(testRunId, {
    slice: (slice) => heard.slices.push(slice),
    samples: (batch) => heard.samples.push(batch),
    timings: () => undefined,
    examples: (examples) => heard.examples.push(...examples),
    generator: (second) => heard.seconds.push(second),
    second: () => undefined,
    refused: () => undefined,
  });
  const artillery = { testRunId, globalEvents: events, __SSMS: { prototype: store } } as unknown as ArtilleryGlobal;
  feedMainProcess(artillery, '1', {
    look: (_, lags) => {
      sendLags.push(...lags);
      return undefined;
    },
  });
  // It says hello over a channel, which takes some turns of the event loop.
  while (!(await feed.flush())) await setImmediate();
  return { store, events, sendLags, heard, feed, counted };
}

test('brings the samples and the slice of an engine to the main process with the next flush, once', async () => {
  const { events, heard, feed, sendLags } = await createWorker('feed-engine');
  const buffer = new SampleBuffer(1);
  addSample(buffer, { due: 1_000.25, lastByte: 7, endpoint: 'Search', phase: 'Burst' });
  let slice: Slice | undefined = {
    startedAt: 5,
    firstAt: 5,
    lastAt: 6,
    ...NO_MEASUREMENTS,
    counters: { 'http.requests': 1 },
    histograms: { 'generator.send_lag': sketchOf([3]) },
  };
  answerCollect(events, () => {
    const examples = slice === undefined ? [] : [{ kind: '503', at: '2026-01-01T00:00:00.000Z', said: 'Busy' }];
    const collected = { slice, samples: buffer.take(), examples };
    slice = undefined;
    return collected;
  });

  expect(await feed.flush()).toBe(true);
  expect(await feed.flush()).toBe(true);
  expect(heard.slices.map(({ counters }) => counters)).toEqual([{ 'http.requests': 1 }]);
  expect(heard.samples).toHaveLength(1);
  expect(heard.examples.map(({ said }) => said)).toEqual(['Busy']);
  const [batch] = heard.samples;
  expect([batch?.worker, batch?.count, batch?.due[0], batch?.lastByte[0]]).toEqual([1, 1, 1_000.25, 7]);
  expect(batch?.due).toHaveLength(1);
  expect(batch?.names).toEqual({ error: [], phase: ['Burst'], journey: [], endpoint: ['Search'] });
  expect(sendLags.map(({ count }) => count)).toEqual([1]);
});

test('still brings what passes through the metric store, and lets it pass', async () => {
  const { store, heard, feed, counted } = await createWorker('feed-store');
  store.incr('orders.placed', 2);
  await feed.flush();
  expect(heard.slices.map(({ counters }) => counters)).toEqual([{ 'orders.placed': 2 }]);
  expect(heard.samples).toEqual([]);
  expect(counted).toEqual(['orders.placed']);
});

test('ends the load with the last flush only, and before it takes what is to be recorded', async () => {
  const { events, feed } = await createWorker('feed-end');
  const happened: string[] = [];
  answerEnd(events, () => happened.push('ended'));
  answerCollect(events, () => {
    happened.push('collected');
    return { slice: undefined, samples: undefined };
  });
  await feed.flush();
  expect(await feed.end()).toBe(true);
  expect(happened).toEqual(['collected', 'ended', 'collected']);
});
