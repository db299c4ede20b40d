import { describe, expect, test } from 'vitest';
import { valueSince } from './growth.ts';
import type { Reading } from './reading.ts';

const what = { metric: 'm', labels: {}, unit: '' };
const counter = (value: number): Reading => ({ ...what, kind: 'counter', value });
const ratio = (part: number, whole: number): Reading => ({ ...what, kind: 'ratio', part, whole, scale: 100 });
const buckets = (...counts: number[]): Reading => ({ ...what, kind: 'buckets', bounds: [1, 2, Infinity], counts });

describe('valueSince', () => {
  test('a counter becomes its growth per second', () => {
    expect(valueSince(counter(10), counter(25), 2)).toBe(7.5);
  });

  test('a counter that began again has grown by what it shows', () => {
    expect(valueSince(counter(1000), counter(6), 2)).toBe(3);
  });

  test('the first look at a counter tells nothing', () => {
    expect(valueSince(undefined, counter(5), 1)).toBeUndefined();
  });

  test('a ratio is of what came since, also after a reset', () => {
    expect(valueSince(ratio(90, 100), ratio(91, 104), 1)).toBe(25);
    expect(valueSince(ratio(90, 100), ratio(3, 4), 1)).toBe(75);
  });

  test('a ratio of nothing is not known', () => {
    expect(valueSince(ratio(90, 100), ratio(90, 100), 1)).toBeUndefined();
  });

  test('a percentile is straight between the bounds of its bucket', () => {
    // 100 new values, 80 up to 1 and 20 between 1 and 2: the 95th is three quarters into the second bucket.
    expect(valueSince(buckets(20, 20, 20), buckets(100, 120, 120), 1)).toBeCloseTo(1.75, 10);
  });

  test('a percentile in the last bucket, which has no end, is its beginning', () => {
    expect(valueSince(buckets(0, 0, 0), buckets(0, 0, 10), 1)).toBe(2);
  });

  test('buckets without a new value tell nothing', () => {
    expect(valueSince(buckets(1, 2, 3), buckets(1, 2, 3), 1)).toBeUndefined();
  });
});
