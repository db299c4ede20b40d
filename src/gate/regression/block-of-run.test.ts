import { expect, test } from 'vitest';
import type { GeneratorSecond } from '../../record/index.ts';
import { makeBatch } from '../../record/samples/testing/make-batch.ts';
import { runOf, START } from '../answer/testing/run-of.ts';
import { CALM, ROOMY } from '../validity/testing/evidence-of.ts';
import { blockOfRun, blockWindow } from './block-of-run.ts';

const PLAN = { phases: [], warmUpSec: 3, durationSec: 10 };
const PLACE = { side: 'candidate', pair: 0, place: 'first', seed: '1' } as const;
const SAMPLES = makeBatch([{ due: START + 5_000, lastByte: 20_000 }]);

/** What is wrong with a block whose worker said this of itself. */
function faultsWith(generator: readonly GeneratorSecond[]): readonly string[] {
  const counters = { 'vusers.created': 1_000 };
  const phases = [
    { name: 'Warm-up', seconds: 3, rate: 100, counters: { 'vusers.created': 300 } },
    { name: 'Steady', seconds: 10, rate: 100, counters },
  ];
  const record = runOf(phases, { generator: [...generator], machine: [ROOMY] });
  return blockOfRun(record, SAMPLES, PLAN, PLACE).health.faults;
}

/** Seconds in a row, the first of which begins then. */
function secondsFrom(first: number, count: number, changes: Partial<GeneratorSecond> = {}): GeneratorSecond[] {
  return Array.from({ length: count }, (_, index) => ({ ...CALM, ...changes, at: first + index }));
}

test('a second that began a moment before the part that counts tells of it', () => {
  expect(faultsWith(secondsFrom(-0.02, 13))).toEqual([]);
  expect(faultsWith(secondsFrom(0.03, 13))).toEqual([]);
});

test('a cold generator in the warm-up is no fault, and one that is late afterwards is', () => {
  const late = { lateMs: 600, delayP99Ms: 400, delayMaxMs: 400 };
  expect(faultsWith([...secondsFrom(0, 3, late), ...secondsFrom(3, 10)])).toEqual([]);
  expect(faultsWith([...secondsFrom(0, 3), ...secondsFrom(3, 10, late)])).toContainEqual(
    expect.stringContaining('the event loop was more than 10 ms late'),
  );
});

test('a worker that said nothing for a second of ten is not known to have been well', () => {
  const silent = secondsFrom(0, 13).filter(({ at }) => at !== 7);
  expect(faultsWith(silent)).toEqual(['a worker told how it was for only 90 % of the run']);
});

test('what counts begins after the warm-up, and ends as planned, or later where the time was shared', () => {
  const phases = [
    { name: 'Warm-up', seconds: 7, rate: 100 },
    { name: 'Steady', seconds: 22, rate: 100 },
  ];
  const turns = { turnMs: 2_000, restMs: 300 };
  const [alone, shared] = [runOf(phases), runOf(phases, { turns })].map((record) => blockWindow(record, PLAN));
  expect(alone).toEqual({ from: START + 7_000, to: START + 17_000 });
  expect(shared).toEqual({ from: START + 7_000, to: START + 29_000 });
});
