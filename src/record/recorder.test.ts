import { describe, expect, test } from '@jest/globals';
import { sketchOf, summarise } from '../stats/index.ts';
import type { ArtilleryPeriod } from './metrics.ts';
import { createRecorder } from './recorder.ts';

const T0 = Date.parse('2026-01-01T00:00:00Z');

function period(startSecond: number, requests: number, latencies: number[]): ArtilleryPeriod {
  return {
    period: String(T0 + startSecond * 1000),
    counters: { 'http.requests': requests },
    rates: { 'http.request_rate': requests / 10 },
    histograms: { 'http.response_time': sketchOf(latencies) },
    firstMetricAt: T0 + startSecond * 1000,
    lastMetricAt: T0 + (startSecond + 10) * 1000,
  };
}

describe('createRecorder', () => {
  test('adds windows up in the order of time', () => {
    const recorder = createRecorder(() => T0);
    recorder.addWindow(period(10, 300, [30, 40]));
    recorder.addWindow(period(0, 100, [10, 20]));
    const { windows, total } = recorder.recording();
    expect(windows.map(({ startedAt }) => startedAt)).toEqual([T0, T0 + 10_000]);
    expect(total.counters['http.requests']).toBe(400);
    expect(summarise(total.histograms['http.response_time'] ?? sketchOf([]))).toMatchObject({
      count: 4,
      min: 10,
      max: 40,
    });
  });

  test('reports the true request rate where a mean of window rates is wrong', () => {
    const recorder = createRecorder(() => T0);
    recorder.addWindow(period(0, 4000, [5]));
    // A last window of one second: its rate would count as much as that of the ten seconds before it.
    recorder.addWindow({ ...period(10, 100, [5]), lastMetricAt: T0 + 11_000 });
    expect(recorder.recording().total.rates['http.request_rate']).toBeCloseTo(4100 / 11, 9);
  });

  test('merges a late share of a window into it', () => {
    const recorder = createRecorder(() => T0);
    recorder.addWindow(period(0, 100, [10]));
    recorder.addWindow(period(0, 50, [90]));
    expect(recorder.recording().windows).toHaveLength(1);
    expect(recorder.recording().total.counters['http.requests']).toBe(150);
  });

  test('prefers the total of Artillery, which holds windows that came too late', () => {
    const recorder = createRecorder(() => T0);
    recorder.addWindow(period(0, 100, [10]));
    recorder.finish(period(0, 130, [10, 10]));
    expect(recorder.recording().total.counters['http.requests']).toBe(130);
  });

  test('takes what the workers hold in place of what has arrived, and nothing twice', () => {
    const recorder = createRecorder(() => T0);
    recorder.addWindow(period(0, 100, [10]));
    recorder.replaceWindows([[period(0, 60, [10]), period(10, 5, [10])], [period(0, 60, [10])]]);
    recorder.addWindow(period(10, 5, [10]));
    const { windows, total } = recorder.recording();
    expect(windows.map(({ counters }) => counters['http.requests'])).toEqual([120, 5]);
    expect(total.counters['http.requests']).toBe(125);
  });

  test('does not change with what it was given', () => {
    const recorder = createRecorder(() => T0);
    const counters = { 'http.requests': 1 };
    const sketch = sketchOf([1]);
    recorder.addWindow({ period: T0, counters, histograms: { x: sketch } });
    counters['http.requests'] = 99;
    sketch.accept(1000);
    const { total } = recorder.recording();
    expect(total.counters['http.requests']).toBe(1);
    expect(total.histograms.x?.count).toBe(1);
  });

  test('keeps the phases as the test says them, and leaves the end of an unfinished one open', () => {
    const recorder = createRecorder(() => T0);
    const burst = { index: 1, id: 'x', name: 'Incident burst', duration: 60, arrivalRate: 20, startTime: T0 + 1000 };
    recorder.phaseStarted({ index: 0, duration: 5, startTime: T0 });
    recorder.phaseCompleted({ index: 0, endTime: T0 + 5000 });
    recorder.phaseStarted(burst);
    expect(recorder.recording().phases).toEqual([
      {
        index: 0,
        name: 'Phase 1',
        startedAt: '2026-01-01T00:00:00.000Z',
        endedAt: '2026-01-01T00:00:05.000Z',
        plan: { duration: 5 },
      },
      {
        index: 1,
        name: 'Incident burst',
        startedAt: '2026-01-01T00:00:01.000Z',
        plan: { name: 'Incident burst', duration: 60, arrivalRate: 20 },
      },
    ]);
  });
});
