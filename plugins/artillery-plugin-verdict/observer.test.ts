import type { Observation } from 'proving-ground/gate/index.ts';
import { NO_MEASUREMENTS, type Slice } from 'proving-ground/record/index.ts';
import { makeBatch } from 'proving-ground/record/samples/testing/make-batch.ts';
import { expect, test } from 'vitest';
import { createObserver, type Observer } from './observer.ts';

function observe(work: (observer: Observer) => void): Observation[] {
  const observations: Observation[] = [];
  work(createObserver((each) => observations.push(each), { between: () => 0, inPhase: () => 0 }));
  return observations;
}

const SLICE: Slice = { startedAt: 0, firstAt: 0, lastAt: 0, ...NO_MEASUREMENTS };

test('hands on the samples of each second with it, and after the first ones also that there were none', () => {
  const batch = makeBatch([{}]);
  const observations = observe((observer) => {
    observer.enterPhase('Only', 0);
    observer.close(1000);
    observer.addSamples(batch);
    observer.addSamples(batch);
    observer.close(2000);
    observer.close(3000);
  });
  expect(observations.map(({ samples }) => samples)).toEqual([undefined, [batch, batch], []]);
});

test('never has samples on an engine that gives none', () => {
  const observations = observe((observer) => {
    observer.enterPhase('Only', 0);
    observer.add(SLICE);
    observer.close(1000);
  });
  expect(observations).toHaveLength(1);
  expect(observations[0]).not.toHaveProperty('samples');
});

test('gives samples that come before a boundary to the phase before it', () => {
  const batch = makeBatch([{}]);
  const observations = observe((observer) => {
    observer.enterPhase('First', 0);
    observer.addSamples(batch);
    observer.enterPhase('Second', 500);
    observer.close(1000);
  });
  expect(observations.map(({ phase, samples }) => [phase?.name, samples?.length])).toEqual([
    ['First', 1],
    ['Second', 0],
  ]);
});

test('after the last phase takes samples for a sign of life, and silence for none', () => {
  const observations = observe((observer) => {
    observer.enterPhase('Only', 0);
    observer.addSamples(makeBatch([{}]));
    observer.leavePhase(1000);
    observer.close(2000);
    observer.addSamples(makeBatch([{}]));
    observer.close(3000);
  });
  expect(observations.map(({ phase, seconds }) => [phase?.name, seconds])).toEqual([
    ['Only', 1],
    [undefined, 2],
  ]);
});
