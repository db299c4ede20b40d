import { describe, expect, test } from 'vitest';
import type { Reading } from './reading.ts';
import { createSeriesStore, type Origin } from './series-store.ts';

const ORIGIN: Origin = { system: 'API', kind: 'prometheus' };
const gauge = (value: number, metric = 'g'): Reading => ({ metric, labels: {}, unit: '', kind: 'gauge', value });
const counter = (value: number): Reading => ({ metric: 'c', labels: {}, unit: '1/s', kind: 'counter', value });

describe('createSeriesStore', () => {
  test('puts a value into the second that ended with the look', () => {
    const store = createSeriesStore();
    store.add(ORIGIN, 10, [gauge(1), counter(0)]);
    store.add(ORIGIN, 1_015, [gauge(2), counter(10)]);
    store.add(ORIGIN, 2_005, [gauge(3), counter(109)]);
    const [first, second] = store.series();
    expect(first).toEqual({ ...ORIGIN, metric: 'g', labels: {}, figure: 'value', unit: '', values: [2, 3] });
    expect(second?.values).toEqual([9.9502, 100]);
  });

  test('spreads a growth over the seconds in which nobody looked, and no gauge', () => {
    const store = createSeriesStore();
    store.add(ORIGIN, 0, [gauge(1), counter(0)]);
    store.add(ORIGIN, 1_000, [gauge(1), counter(1)]);
    store.add(ORIGIN, 4_000, [gauge(9), counter(31)]);
    expect(store.series().map(({ values }) => values)).toEqual([
      [1, null, null, 9],
      [1, 10, 10, 10],
    ]);
  });

  test('tells series apart by their labels, in whatever system they are', () => {
    const store = createSeriesStore();
    for (const system of ['A', 'B']) {
      for (const pool of ['x', 'y']) store.add({ ...ORIGIN, system }, 1_000, [{ ...gauge(1), labels: { pool } }]);
    }
    expect(store.series().map(({ system, labels }) => `${system} ${labels.pool}`)).toEqual([
      'A x',
      'A y',
      'B x',
      'B y',
    ]);
  });

  test('counts the series that it has no room for', () => {
    const store = createSeriesStore(2);
    store.add(ORIGIN, 1_000, [gauge(1, 'a'), gauge(1, 'b')]);
    expect(store.leftOut(ORIGIN)).toBe(0);
    store.add(ORIGIN, 2_000, [gauge(1, 'a'), gauge(1, 'b'), gauge(1, 'c')]);
    expect(store.leftOut(ORIGIN)).toBe(1);
    expect(store.series().map(({ metric }) => metric)).toEqual(['a', 'b']);
  });

  test('has longer steps, with the mean, once a run is longer than there are steps', () => {
    const store = createSeriesStore(10, 4);
    for (let second = 1; second <= 4; second += 1) store.add(ORIGIN, second * 1_000, [gauge(second)]);
    expect(store.stepSeconds()).toBe(1);
    for (let second = 5; second <= 6; second += 1) store.add(ORIGIN, second * 1_000, [gauge(second)]);
    expect(store.stepSeconds()).toBe(2);
    expect(store.series()[0]?.values).toEqual([1.5, 3.5, 5.5]);
  });

  test('leaves out a series that never had a value', () => {
    const store = createSeriesStore();
    store.add(ORIGIN, 1_000, [counter(5)]);
    expect(store.series()).toEqual([]);
  });

  test('takes spans that others have measured', () => {
    const store = createSeriesStore();
    store.put(ORIGIN, 1_400, 2_400, [gauge(3)]);
    expect(store.series()[0]?.values).toEqual([null, 3]);
  });
});
