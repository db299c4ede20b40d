import { expect, test } from 'vitest';
import { sketchOf } from '../stats/index.ts';
import type { Slice } from './metrics.ts';
import { metricsCsv } from './metrics-csv.ts';
import type { RecordedPhase } from './recorder.ts';

const T0 = Date.parse('2026-01-01T00:00:00Z');
const WINDOW: Slice = {
  startedAt: T0,
  counters: { 'http.requests': 12 },
  events: { 'http.request_rate': 12 },
  histograms: { 'search.time': sketchOf([20]) },
  firstAt: T0,
  lastAt: T0 + 9000,
};
const METRICS = { counters: {}, rates: {}, histograms: {} };
const PHASES: RecordedPhase[] = [
  { index: 0, name: 'Warm-up', startedAt: T0 - 5000, endedAt: T0 + 2000, plan: {}, metrics: METRICS },
  { index: 1, name: 'Incident, burst', startedAt: T0 + 2000, endedAt: undefined, plan: {}, metrics: METRICS },
];

test('has a row for every metric of every window, named after the phase that covers most of it', () => {
  expect(
    metricsCsv({
      windows: [WINDOW, { ...WINDOW, startedAt: T0 + 10_000, events: {}, histograms: {} }],
      phases: PHASES,
    }).split('\r\n'),
  ).toEqual([
    'window_start,elapsed_s,phase,kind,metric,value,count,min,mean,p50,p90,p95,p99,max',
    '2026-01-01T00:00:00.000Z,0,"Incident, burst",counter,http.requests,12,,,,,,,,',
    '2026-01-01T00:00:00.000Z,0,"Incident, burst",rate,http.request_rate,1.333,,,,,,,,',
    '2026-01-01T00:00:00.000Z,0,"Incident, burst",histogram,search.time,,1,20,20,20,20,20,20,20',
    '2026-01-01T00:00:10.000Z,10,"Incident, burst",counter,http.requests,12,,,,,,,,',
    '',
  ]);
});

test('lets no metric name break a row or run as a formula', () => {
  const hostile = { ...WINDOW, events: {}, histograms: {}, counters: { '=cmd|"x",\n1': 1 } };
  expect(metricsCsv({ windows: [hostile], phases: [] }).split('\r\n')[1]).toBe(
    '2026-01-01T00:00:00.000Z,0,,counter,"\'=cmd|""x"",\n1",1,,,,,,,,',
  );
});

test('is a header alone when nothing was measured', () => {
  expect(metricsCsv({ windows: [], phases: [] }).split('\r\n')).toHaveLength(2);
});
