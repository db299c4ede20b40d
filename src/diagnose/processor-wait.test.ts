import { expect, test } from 'vitest';
import { withProcessorWait } from './processor-wait.ts';
import { sceneOf } from './scene.ts';
import { gauge, rate, type SyntheticSeries, statement, syntheticEvidence } from './testing/synthetic-evidence.ts';

/** Half of the time of all statements goes into one of them. */
function situation(machinePercent: number, told: readonly SyntheticSeries[] = []) {
  const evidence = syntheticEvidence({
    seconds: 30,
    series: [
      gauge('machine.cpu', () => machinePercent, {}, '%'),
      rate('process.cpu', () => 1, {}, 'cores'),
      ...told,
      ...['page', 'heat', 'one', 'change'].flatMap((id) =>
        statement(id, () => (id === 'one' || id === 'change' ? 0 : 1), 100, 1),
      ),
    ],
  });
  const scene = sceneOf({ ...evidence, processors: 2 });
  const work = scene.timeline.busyMs.map((_, step) => (step < 30 ? 100 : 0));
  return { scene, work, lost: withProcessorWait(scene, work, work) };
}

test('on a full machine statements cost their part of its work, of all the time of requests', () => {
  const { scene, lost } = situation(100);
  // Half of what the database does, which is one of two processors.
  const { busyMs } = scene.timeline;
  for (let step = 0; step < 30; step += 1) {
    expect(lost[step]).toBeCloseTo(Math.max(100, (busyMs[step] ?? 0) / 4), 0);
  }
});

test('a machine that tells how many processors it has is asked first: it may be another one', () => {
  const { scene, lost } = situation(100, [gauge('machine.processors', () => 4)]);
  expect(lost[3]).toBeCloseTo(Math.max(100, (scene.timeline.busyMs[3] ?? 0) / 8), 0);
});

test('just below, they cost what they took', () => {
  const { work, lost } = situation(89);
  expect(lost).toEqual(work);
});
