import { describe, expect, test } from 'vitest';
import { sketchOf, summarise } from '../stats/index.ts';
import type { Slice } from './metrics.ts';
import { createRecorder } from './recorder.ts';

const T0 = Date.parse('2026-01-01T00:00:00Z');

/** A slice of one second that begins so many seconds after T0. */
function slice(second: number, requests: number, latencies: number[] = [10]): Slice {
  const startedAt = T0 + second * 1000;
  return {
    startedAt,
    firstAt: startedAt,
    lastAt: startedAt + 999,
    counters: { 'http.requests': requests },
    events: { 'http.request_rate': requests },
    histograms: { 'http.response_time': sketchOf(latencies) },
  };
}

describe('createRecorder', () => {
  test('gathers slices of all workers into windows of ten seconds, in the order of time', () => {
    const recorder = createRecorder(() => T0);
    recorder.addSlice(slice(11, 300, [30, 40]));
    recorder.addSlice(slice(0, 100, [10]));
    recorder.addSlice(slice(9, 50, [20]));
    const { windows, total } = recorder.recording();
    expect(windows.map(({ startedAt, counters }) => [startedAt - T0, counters['http.requests']])).toEqual([
      [0, 150],
      [10_000, 300],
    ]);
    expect(total.counters['http.requests']).toBe(450);
    expect(summarise(total.histograms['http.response_time'] ?? sketchOf([]))).toMatchObject({
      count: 4,
      min: 10,
      max: 40,
    });
  });

  test('reports the true rate over the whole run', () => {
    const recorder = createRecorder(() => T0);
    for (let second = 0; second < 10; second += 1) recorder.addSlice(slice(second, 400));
    // A last window with little in it counts for its share, not as much as ten full seconds.
    recorder.addSlice(slice(10, 100));
    expect(recorder.recording().total.rates['http.request_rate']).toBeCloseTo(4100 / 10.999, 9);
  });

  test('prefers the total of Artillery, which is complete even if a worker fell silent', () => {
    const recorder = createRecorder(() => T0);
    recorder.addSlice(slice(0, 100));
    recorder.finish({ counters: { 'http.requests': 130 }, histograms: { 'http.response_time': sketchOf([1, 2]) } });
    const { total } = recorder.recording();
    expect(total.counters['http.requests']).toBe(130);
    expect(total.histograms['http.response_time']?.count).toBe(2);
    expect(total.rates['http.request_rate']).toBe(100);
  });

  test('keeps the total as it was when it was handed over', () => {
    const recorder = createRecorder(() => T0);
    const sketch = sketchOf([1]);
    recorder.finish({ counters: {}, histograms: { x: sketch } });
    sketch.accept(1000);
    const { total } = recorder.recording();
    expect(total.histograms.x?.count).toBe(1);
  });

  test('has no windows and no metrics when nothing was measured', () => {
    const { windows, total } = createRecorder(() => T0).recording();
    expect(windows).toEqual([]);
    expect(total).toEqual({ counters: {}, rates: {}, histograms: {} });
  });
});

describe('phases', () => {
  test('hold what was measured from their start to their end, and not what follows the last one', () => {
    const recorder = createRecorder(() => T0 + 20_000);
    recorder.phaseStarted({ index: 0, name: 'Warm-up', startTime: T0 });
    recorder.addSlice(slice(0, 5));
    recorder.phaseCompleted({ index: 0, endTime: T0 + 5000 });
    recorder.phaseStarted({ index: 1, name: 'Burst', startTime: T0 + 5000 });
    recorder.phaseCompleted({ index: 1, endTime: T0 + 15_000 });
    recorder.addSlice({ ...slice(4, 1), firstAt: T0 + 4990 });
    recorder.addSlice({ ...slice(16, 9), firstAt: T0 + 16_000 });
    recorder.addSlice({ ...slice(5, 70), firstAt: T0 + 5001 });
    const counted = recorder.recording().phases.map(({ name, metrics }) => [name, metrics.counters['http.requests']]);
    expect(counted).toEqual([
      ['Warm-up', 6],
      ['Burst', 70],
    ]);
    expect(recorder.recording().phases[0]?.metrics.rates['http.request_rate']).toBeCloseTo(6 / 5, 9);
  });

  test('are kept as the test says them, and an unfinished one has no end', () => {
    const recorder = createRecorder(() => T0);
    const burst = { index: 1, id: 'x', name: 'Incident burst', duration: 60, arrivalRate: 20, startTime: T0 + 1000 };
    recorder.phaseStarted({ index: 0, duration: 5, startTime: T0 });
    recorder.phaseCompleted({ index: 0, endTime: T0 + 5000 });
    recorder.phaseStarted(burst);
    expect(recorder.recording().phases).toMatchObject([
      { index: 0, name: 'Phase 1', startedAt: T0, endedAt: T0 + 5000, plan: { duration: 5 } },
      { name: 'Incident burst', endedAt: undefined, plan: { name: 'Incident burst', duration: 60, arrivalRate: 20 } },
    ]);
    expect(recorder.recording().phases[1]?.plan).not.toHaveProperty('id');
  });
});
