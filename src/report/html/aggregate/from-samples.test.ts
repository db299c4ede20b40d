import { beforeAll, describe, expect, test } from 'vitest';
import { NONE, outcomesOf } from '../../../record/samples/index.ts';
import { quantileOfSorted } from '../../../stats/index.ts';
import { figuresOf } from '../shared/figures.ts';
import { failedRun, passedRun, workingDay } from '../testing/example-runs.ts';
import type { SyntheticRun } from '../testing/synthetic-run.ts';
import { prepareRun } from './report-data.ts';

let run: SyntheticRun;
let data: ReturnType<typeof prepareRun>['data'];
beforeAll(() => {
  run = failedRun();
  data = prepareRun(run, 'failed').data;
});

/** Rows of the samples that were due in a span, by the definition. */
function rowsIn({ samples }: SyntheticRun, fromMs: number, toMs: number, endpoint?: string): number[] {
  return Array.from(samples.due, (_, row) => row).filter((row) => {
    const at = (samples.due[row] ?? 0) - data.startMs;
    const name = samples.names.endpoint[samples.endpoint[row] ?? -1];
    return at >= fromMs && at < toMs && (endpoint === undefined || name === endpoint);
  });
}

describe('figures of a run with samples', () => {
  test.each([
    ['all requests', undefined],
    ['one endpoint', 'Search'],
  ])('are exact for the whole run and each phase: %s', (_name, endpoint) => {
    const { isTimed, isFailed, isAnswered } = outcomesOf(run.samples);
    for (const { fromMs, toMs } of [{ fromMs: 0, toMs: data.bins * data.binMs }, ...data.phases]) {
      const selection =
        endpoint === undefined ? ({ kind: 'all' } as const) : ({ kind: 'endpoint', name: endpoint } as const);
      const { figures, isExact } = figuresOf(data, selection, { fromMs, toMs });
      const rows = rowsIn(run, fromMs, toMs, endpoint);
      const times = Uint32Array.from(rows.filter(isTimed), (row) => run.samples.lastByte[row] ?? 0).sort();
      expect(isExact).toBe(true);
      expect(figures).toMatchObject({
        requests: rows.length,
        errors: rows.filter(isFailed).length,
        answers: rows.filter(isAnswered).length,
      });
      expect(figures.response?.p95).toBeCloseTo(quantileOfSorted(times, 0.95) / 1000, 6);
      expect(figures.response?.max).toBe((times.at(-1) ?? 0) / 1000);
    }
  });

  test('are added up from seconds for any other interval, times to within 1 %', () => {
    const interval = { fromMs: 61_000, toMs: 97_000 };
    const { isTimed } = outcomesOf(run.samples);
    const { figures, isExact } = figuresOf(data, { kind: 'all' }, interval);
    const rows = rowsIn(run, interval.fromMs, interval.toMs);
    const times = Uint32Array.from(rows.filter(isTimed), (row) => run.samples.lastByte[row] ?? 0).sort();
    const p99 = quantileOfSorted(times, 0.99) / 1000;
    expect(isExact).toBe(false);
    expect(figures.requests).toBe(rows.length);
    expect(figures.bytesDown).toBe(rows.reduce((sum, row) => sum + (run.samples.bytesDown[row] ?? 0), 0));
    expect(Math.abs((figures.response?.p99 ?? 0) - p99)).toBeLessThan(p99 * 0.011);
  });
});

test('journeys have their own figures, and add up to all requests', () => {
  const sum = data.journeys.reduce(
    (total, name) =>
      total + figuresOf(data, { kind: 'journey', name }, { fromMs: 0, toMs: data.bins * data.binMs }).figures.requests,
    0,
  );
  expect(sum).toBe(run.samples.count);
});

test('requests under way agree with counting them at many moments', () => {
  const second = 250;
  const moments = Array.from({ length: 200 }, (_, index) => data.startMs + second * 1000 + index * 5 + 2.5);
  const { due, queued, lastByte } = run.samples;
  const open = moments.map(
    (at) =>
      Array.from(due).filter((dueMs, row) => {
        const waited = queued[row] === NONE ? 0 : (queued[row] ?? 0);
        return dueMs + waited / 1000 <= at && at < dueMs + (lastByte[row] ?? 0) / 1000;
      }).length,
  );
  const mean = open.reduce((a, b) => a + b, 0) / open.length;
  expect((data.inFlight?.[second] ?? 0) / 100).toBeCloseTo(mean, 0);
});

test('faults are kinds: codes of errors, and statuses from 400 on, of which 4xx are no errors', () => {
  expect(Object.fromEntries(data.faultKinds.map(({ name, isError }) => [name, isError]))).toEqual({
    409: false,
    503: true,
    ETIMEDOUT: true,
  });
});

test('an hour has longer bins, so that the report of a long run is no larger', () => {
  const long = passedRun({ phases: workingDay(60, 1) });
  const { binMs, bins } = prepareRun(long, 'long').data;
  expect(binMs).toBe(2000);
  expect(bins).toBeLessThanOrEqual(2000);
});

test('with many endpoints the bins are longer too', () => {
  const endpoints = Array.from({ length: 300 }, (_, index) => ({
    name: `endpoint ${index}`,
    journey: 'one',
    share: 0.01,
    medianMs: 5,
    sigma: 0.2,
  }));
  const { binMs, bins, groups } = prepareRun(passedRun({ endpoints }), 'many').data;
  expect(groups).toHaveLength(300);
  expect([binMs, bins]).toEqual([2000, 180]);
});
