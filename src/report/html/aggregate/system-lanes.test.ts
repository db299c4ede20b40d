import { describe, expect, test } from 'vitest';
import type { SystemRecord, SystemSeries } from '../../../record/system/index.ts';
import { systemLanes } from './system-lanes.ts';

const START = '2026-03-04T09:30:00.000Z';

function series(metric: string, values: SystemSeries['values'], more: Partial<SystemSeries>): SystemSeries {
  return { system: 'API', kind: 'prometheus', metric, labels: {}, figure: 'value', unit: '', values, ...more };
}

function recordOf(...all: SystemSeries[]): SystemRecord {
  const texts = { '42': `SELECT ${'x'.repeat(100)}` };
  const head = { schema: 'proving-ground/system', version: 1, startedAt: START, stepSeconds: 1 } as const;
  return { ...head, sources: [], texts, series: all };
}

describe('systemLanes', () => {
  test('a run that was not watched has none', () => {
    expect(systemLanes(undefined, 0)).toEqual([]);
  });

  test('brings values into the unit of the lane, and times onto the time of the report', () => {
    const lag = series('nodejs_eventloop_lag_p99_seconds', [0.01, null], {
      ...{ unit: 's', resource: 'event loop', aspect: 'saturation' },
    });
    expect(systemLanes(recordOf(lag), Date.parse(START) - 500)).toEqual([
      {
        ...{ id: 'system API event loop saturation ms', title: 'Event loop: late', unit: 'ms', group: 'system' },
        ...{ system: 'API', fromMs: 500, stepMs: 1000 },
        series: [{ name: 'nodejs eventloop lag p99 seconds', values: [10, null] }],
      },
    ]);
  });

  test('shows the six largest lines, by what tells them apart', () => {
    const all = Array.from({ length: 9 }, (_, index) =>
      series('queue_depth', [index], { labels: { queue: `q${index}`, job: 'x' }, resource: 'queue', aspect: 'size' }),
    );
    const [lane] = systemLanes(recordOf(...all), 0);
    expect(lane?.series.map(({ name }) => name)).toEqual(['q8', 'q7', 'q6', 'q5', 'q4', 'q3']);
  });

  test('leaves out what was always 0, but for waiting, of which that is the answer', () => {
    const zero = (resource: string, aspect: string) => series(resource, [0, 0], { resource, aspect });
    const lanes = systemLanes(recordOf(zero('pool', 'saturation'), zero('waits', 'saturation')), 0);
    expect(lanes.map(({ title }) => title)).toEqual(['Pool: callers that wait']);
  });

  test('calls a statement by its text', () => {
    const statement = series('postgres.statement_time', [0.5], {
      ...{ labels: { statement: '42' }, unit: 's/s', resource: 'statement', aspect: 'utilisation' },
    });
    expect(systemLanes(recordOf(statement), 0)[0]?.series[0]?.name).toBe(`SELECT ${'x'.repeat(53)}…`);
  });

  test('draws a long run with fewer points', () => {
    const long = series(
      'queue_depth',
      Array.from({ length: 7_200 }, (_, index) => index),
      {
        ...{ resource: 'queue', aspect: 'size' },
      },
    );
    const [lane] = systemLanes(recordOf(long), 0);
    expect(lane?.stepMs).toBe(5_000);
    expect(lane?.series[0]?.values.slice(0, 2)).toEqual([2, 7]);
  });
});
