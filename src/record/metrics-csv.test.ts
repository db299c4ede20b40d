import { expect, test } from '@jest/globals';
import { sketchOf } from '../stats/index.ts';
import type { MetricWindow } from './metrics.ts';
import { metricsCsv } from './metrics-csv.ts';

const T0 = Date.parse('2026-01-01T00:00:00Z');
const WINDOW: MetricWindow = {
  startedAt: T0,
  counters: { 'http.requests': 12 },
  rates: { 'http.request_rate': 1.2 },
  histograms: { 'search.time': sketchOf([20]) },
  firstMetricAt: T0,
  lastMetricAt: T0 + 9000,
};
const PHASES = [
  {
    index: 0,
    name: 'Warm-up',
    startedAt: new Date(T0 - 5000).toISOString(),
    endedAt: new Date(T0 + 2000).toISOString(),
    plan: {},
  },
  { index: 1, name: 'Incident, burst', startedAt: new Date(T0 + 2000).toISOString(), plan: {} },
];

test('has a row for every metric of every window, named after the phase that covers most of it', () => {
  expect(
    metricsCsv([WINDOW, { ...WINDOW, startedAt: T0 + 10_000, rates: {}, histograms: {} }], PHASES).split('\r\n'),
  ).toEqual([
    'window_start,elapsed_s,phase,kind,metric,value,count,min,mean,p50,p90,p95,p99,max',
    '2026-01-01T00:00:00.000Z,0,"Incident, burst",counter,http.requests,12,,,,,,,,',
    '2026-01-01T00:00:00.000Z,0,"Incident, burst",rate,http.request_rate,1.2,,,,,,,,',
    '2026-01-01T00:00:00.000Z,0,"Incident, burst",histogram,search.time,,1,20,20,20,20,20,20,20',
    '2026-01-01T00:00:10.000Z,10,"Incident, burst",counter,http.requests,12,,,,,,,,',
    '',
  ]);
});

test('lets no metric name break a row or run as a formula', () => {
  const hostile = { ...WINDOW, rates: {}, histograms: {}, counters: { '=cmd|"x",\n1': 1 } };
  expect(metricsCsv([hostile], []).split('\r\n')[1]).toBe(
    '2026-01-01T00:00:00.000Z,0,,counter,"\'=cmd|""x"",\n1",1,,,,,,,,',
  );
});

test('is a header alone when nothing was measured', () => {
  expect(metricsCsv([], []).split('\r\n')).toHaveLength(2);
});
