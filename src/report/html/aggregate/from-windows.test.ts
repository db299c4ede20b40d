import { beforeAll, expect, test } from 'vitest';
import { figuresOf } from '../shared/figures.ts';
import { failedRun } from '../testing/example-runs.ts';
import { prepareRun } from './report-data.ts';

let run: ReturnType<typeof failedRun>;
let data: ReturnType<typeof prepareRun>['data'];
beforeAll(() => {
  run = failedRun();
  data = prepareRun({ record: run.record }, 'windows').data;
});

test('a run without samples is drawn from its windows, and its times end with the first byte', () => {
  expect(data).toMatchObject({ source: 'windows', binMs: 10_000, journeys: [] });
  const whole = figuresOf(data, { kind: 'all' }, { fromMs: 0, toMs: data.bins * data.binMs });
  expect(whole.isExact).toBe(true);
  expect(whole.figures.requests).toBe(run.samples.count);
  expect(whole.figures.response).toBeUndefined();
  expect(whole.figures.firstByte?.p95).toBe(run.record.metrics.summaries['http.response_time']?.p95);
});

test('an interval of it is added up from its sketches', () => {
  const search = { kind: 'endpoint', name: 'Search' } as const;
  const half = figuresOf(data, search, { fromMs: 0, toMs: (data.bins * data.binMs) / 2 });
  const rest = figuresOf(data, search, { fromMs: (data.bins * data.binMs) / 2, toMs: data.bins * data.binMs });
  const known = run.record.metrics.summaries['plugins.metrics-by-endpoint.response_time.Search'];
  expect((half.figures.firstByte?.count ?? 0) + (rest.figures.firstByte?.count ?? 0)).toBe(known?.count);
  expect(rest.figures.errors).toBeGreaterThan(half.figures.errors);
});

test('without metrics-by-endpoint all requests are one endpoint', () => {
  const { record } = run;
  const isEndpoint = (name: string): boolean => name.startsWith('plugins.metrics-by-endpoint.');
  const without = <V>(values: Readonly<Record<string, V>>): Record<string, V> =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !isEndpoint(name)));
  const metrics = {
    ...record.metrics,
    counters: without(record.metrics.counters),
    histograms: without(record.metrics.histograms),
  };
  const windows = record.windows.map((window) => ({
    ...window,
    counters: without(window.counters),
    histograms: without(window.histograms),
  }));
  const one = prepareRun({ record: { ...record, metrics, windows } }, 'one').data;
  expect(one.endpoints).toEqual(['All requests']);
  const { figures } = figuresOf(one, { kind: 'all' }, { fromMs: 10_000, toMs: 60_000 });
  expect(figures.requests).toBeGreaterThan(0);
  expect(figures.firstByte?.count).toBeGreaterThan(0);
});
