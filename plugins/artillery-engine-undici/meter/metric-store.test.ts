import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NO_MEASUREMENTS, type Slice } from 'proving-ground/record/metrics.ts';
import { type Sketch, sketchOf } from 'proving-ground/stats/index.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { MetricStore } from '../artillery.ts';
import { feedMetricStore } from './metric-store.ts';

/** Artillery's own store, as far as this test looks into it. */
interface Store extends MetricStore {
  aggregate(all?: boolean): void;
  stop(): void;
  getBucketIds(): string[];
  getMetrics(period: string): {
    readonly counters?: Record<string, number>;
    readonly rates?: Record<string, number>;
    readonly histograms?: Record<string, Sketch>;
  };
}

let SSMS: new () => Store;

beforeAll(async () => {
  const folder = createRequire(import.meta.url)
    .resolve('artillery/package.json')
    .replace('package.json', '');
  const module = (await import(pathToFileURL(join(folder, 'dist/lib/core/ssms.js')).href)) as { SSMS: new () => Store };
  SSMS = module.SSMS;
});

function slice(startedAt: number, values: number[]): Slice {
  return {
    ...NO_MEASUREMENTS,
    startedAt,
    firstAt: startedAt,
    lastAt: startedAt + 900,
    counters: { 'http.requests': values.length },
    events: { 'http.request_rate': values.length },
    histograms: { 'http.response_time': sketchOf(values) },
  };
}

/** A store of its own class, so that no test feeds another one's. */
function storeWith(slices: Slice[]): Store {
  class Fed extends SSMS {}
  feedMetricStore(Fed.prototype, () => slices.splice(0));
  return new Fed();
}

describe('the feed of the metric store', () => {
  test('adds up slices of one period', () => {
    const period = 1_700_000_000_000;
    const store = storeWith([slice(period, [1, 2, 3]), slice(period + 1_000, [4])]);
    store.aggregate(true);
    store.stop();
    const metrics = store.getMetrics(String(period));
    expect(metrics.counters).toEqual({ 'http.requests': 4 });
    expect(metrics.histograms?.['http.response_time']).toMatchObject({ count: 4, min: 1, max: 4 });
    // From the first event to the last 1.9 s passed.
    expect(metrics.rates).toEqual({ 'http.request_rate': 2 });
  });

  test('holds a period back until it is over', () => {
    const now = Date.now();
    const store = storeWith([slice(now, [1])]);
    store.aggregate();
    expect(store.getBucketIds()).toEqual([]);
    store.aggregate(true);
    store.stop();
    expect(store.getBucketIds()).toHaveLength(1);
  });

  test('leaves the sketches that it was given as they are', () => {
    const given = slice(1_700_000_000_000, [1]);
    const store = storeWith([given, slice(1_700_000_000_000, [2])]);
    store.aggregate(true);
    store.stop();
    expect(given.histograms['http.response_time']?.count).toBe(1);
  });
});
