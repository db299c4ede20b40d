import { expect, test } from 'vitest';
import { createGeneratorLog } from './generator-log.ts';
import { startMachineProbe } from './machine-probe.ts';
import { startWorkerProbe } from './worker-probe.ts';

const SECOND = {
  spanMs: 1000,
  worker: 1,
  utilisation: 0.2,
  delayP50Ms: 0,
  delayP99Ms: 0,
  delayMaxMs: 0,
  lateMs: 0,
  cpu: 0,
  waiting: null,
  gc: 0,
  heapMb: 1,
  arrivals: 0,
};

test('times count from the first phase, and what lies mostly before it is left out', () => {
  const log = createGeneratorLog();
  log.add({ ...SECOND, at: 8_000 });
  log.add({ ...SECOND, at: 9_400 });
  log.add({ ...SECOND, at: 9_500 });
  log.start(10_000);
  log.start(99_000);
  log.add({ ...SECOND, at: 10_500 });
  expect(log.evidence().generator.map(({ at }) => at)).toEqual([-0.5, 0.5]);
});

test('users who came while others still set up are counted with the next second of their worker', () => {
  const log = createGeneratorLog();
  log.add({ ...SECOND, at: 8_300, arrivals: 1 });
  log.start(9_250);
  log.add({ ...SECOND, at: 8_300, worker: 2, arrivals: 2 });
  log.add({ ...SECOND, at: 9_300, arrivals: 40 });
  log.add({ ...SECOND, at: 9_300, worker: 2, arrivals: 30 });
  log.add({ ...SECOND, at: 10_300, arrivals: 40 });
  expect(log.evidence().generator.map(({ worker, arrivals }) => [worker, arrivals])).toEqual([
    [1, 41],
    [2, 32],
    [1, 40],
  ]);
});

test('is empty before the first phase', () => {
  const log = createGeneratorLog();
  log.add({ ...SECOND, at: 9_500 });
  expect(log.evidence()).toEqual({ generator: [], machine: [] });
});

test('a machine tells of the process everywhere, and of the rest where it knows', async () => {
  const probe = startMachineProbe();
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, 60);
  await promise;
  const second = probe.look();
  expect(second.spanMs).toBeGreaterThan(50);
  expect(second.processCpu).toBeGreaterThanOrEqual(0);
  const isLinux = process.platform === 'linux';
  expect(second.descriptors === null).toBe(!isLinux);
  expect(second.runQueue === null).toBe(!isLinux);
});

test('a worker that did nothing but work for 80 ms was late for it, and keeps what was counted until it looks', () => {
  const probe = startWorkerProbe(3, 10);
  expect(probe.look({ 'vusers.created': 2 }, [])).toBeUndefined();
  const until = performance.now() + 80;
  while (performance.now() < until);
  const second = probe.look({ 'vusers.created': 1, 'vusers.skipped': 4 }, []);
  expect(second).toMatchObject({ worker: 3, arrivals: 7 });
  expect(second?.delayMaxMs).toBeGreaterThan(40);
  expect(second?.lateMs).toBeGreaterThan(30);
  expect(second?.spanMs).toBeGreaterThanOrEqual(79);
});
