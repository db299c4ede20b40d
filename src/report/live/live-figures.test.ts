import { expect, test } from 'vitest';
import type { Observation } from '../../gate/index.ts';
import type { GeneratorSecond } from '../../record/index.ts';
import { SampleBuffer } from '../../record/samples/sample-buffer.ts';
import { sketchOf } from '../../stats/index.ts';
import { createLiveFigures } from './live-figures.ts';

const PHASES = [
  { index: 0, name: 'Warm-up', durationMs: 30_000 },
  { index: 2, name: 'Burst', durationMs: 60_000 },
];

/** A second of a run without samples. */
function second(counters: Record<string, number>, times: number[] = [], plannedUsers = 2): Observation {
  const histograms = times.length === 0 ? {} : { 'http.response_time': sketchOf(times) };
  const measured = { counters, events: {}, histograms };
  return { startedAt: 0, elapsedMs: 0, seconds: 1, phase: undefined, plannedUsers, measured };
}

function generatorSecond(at: number, fields: Partial<GeneratorSecond> = {}): GeneratorSecond {
  const base = {
    at,
    spanMs: 1000,
    worker: 1,
    utilisation: 0.2,
    delayP50Ms: 0,
    delayP99Ms: 0,
    delayMaxMs: 0,
    lateMs: 0,
  };
  return { ...base, cpu: 0, waiting: null, gc: 0, heapMb: 1, arrivals: 0, ...fields };
}

test('knows the phase by its index and how far it is, and the whole run', () => {
  const figures = createLiveFigures(PHASES);
  expect(figures.view(5_000, [])).toMatchObject({ hasBegun: false, elapsedMs: 0, plannedMs: 90_000, phase: undefined });
  figures.enterPhase(0, 10_000);
  figures.enterPhase(2, 40_000);
  expect(figures.view(52_000, [])).toMatchObject({
    hasBegun: true,
    elapsedMs: 42_000,
    phase: { name: 'Burst', number: 2, of: 2, elapsedMs: 12_000, durationMs: 60_000 },
  });
  figures.leavePhase();
  expect(figures.view(101_000, []).phase).toBeUndefined();
});

test('counts users and requests of the whole run, and their rates of the last ten seconds', () => {
  const figures = createLiveFigures(PHASES);
  for (let index = 0; index < 20; index += 1) {
    const fails = index < 10 ? {} : { 'http.codes.503': 1, 'errors.ETIMEDOUT': 1 };
    figures.observe(
      second({
        'vusers.created': 2,
        'vusers.completed': 1,
        'vusers.skipped': 1,
        'http.requests': index < 10 ? 5 : 10,
        ...fails,
      }),
    );
  }
  expect(figures.view(0, [])).toMatchObject({
    users: { planned: 40, arrived: 60, atWork: 20, recentPlannedPerSec: 2, recentPerSec: 3 },
    requests: { total: 150, failed: 20, recent: 100, recentFailed: 20, recentPerSec: 10 },
  });
});

test('takes quantiles of the last ten seconds from histograms where there are no samples', () => {
  const figures = createLiveFigures(PHASES);
  expect(figures.view(0, []).times).toBeUndefined();
  for (let index = 0; index < 15; index += 1) figures.observe(second({}, [index < 5 ? 9_000 : 20]));
  const { times } = figures.view(0, []);
  expect(times?.kind).toBe('first byte');
  expect(times?.p99).toBeGreaterThan(19.8);
  expect(times?.p99).toBeLessThan(20.2);
});

test('takes them exactly from samples where there are', () => {
  const buffer = new SampleBuffer(1);
  const endpoint = buffer.nameId('endpoint', 'Search');
  const error = buffer.nameId('error', 'ECONNREFUSED');
  for (let row = 1; row <= 101; row += 1) buffer.add(0, 0, 0, 0, 0, 0, row * 1000, 200, -1, 0, 0, 1, -1, -1, endpoint);
  buffer.add(0, 0, 0, 0, 0, 0, 1, 0, error, 0, 0, 1, -1, -1, endpoint);
  const samples = [buffer.take()].filter((batch) => batch !== undefined);
  const figures = createLiveFigures(PHASES);
  figures.observe({ ...second({ 'http.requests': 7 }, [1]), samples });
  expect(figures.view(0, [])).toMatchObject({
    times: { p50: 51, p95: 96, p99: 100, kind: 'response' },
    requests: { total: 102, failed: 1 },
  });
});

test('tells of the worst worker of the last ten seconds, and forgets what was before', () => {
  const figures = createLiveFigures(PHASES);
  figures.generator(generatorSecond(-2_000, { lateMs: 1000 }));
  figures.enterPhase(0, 0);
  figures.generator(generatorSecond(-900, { lateMs: 1000 }));
  expect(figures.view(0, []).generator).toBeUndefined();
  figures.generator(generatorSecond(0, { lateMs: 1000, sendLagP99Ms: 500 }));
  for (let index = 11; index < 21; index += 1) {
    figures.generator(generatorSecond(index * 1000, { sendLagP99Ms: 1 }));
    figures.generator(generatorSecond(index * 1000, { worker: 2, utilisation: 0.9, lateMs: 40 }));
  }
  expect(figures.view(0, []).generator).toEqual({ keepsUp: true, utilisation: 0.9, lateShare: 0.04, sendLagP99Ms: 1 });
  for (let index = 21; index < 23; index += 1)
    figures.generator(generatorSecond(index * 1000, { worker: 2, lateMs: 400 }));
  expect(figures.view(0, []).generator?.keepsUp).toBe(false);
});
