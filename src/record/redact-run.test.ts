import { expect, test } from 'vitest';
import { sketchOf } from '../stats/index.ts';
import { createRedactor } from './redact.ts';
import { redactSlice } from './redact-run.ts';

test('metrics whose names differ only in a secret become one', () => {
  const redactor = createRedactor();
  redactor.learn(['canary-1', 'canary-2']);
  const slice = {
    startedAt: 0,
    firstAt: 0,
    lastAt: 1,
    counters: { 'errors.bad canary-1': 2, 'errors.bad canary-2': 3, 'http.requests': 9 },
    events: { 'rate canary-1': 1 },
    histograms: { 'time.canary-1': sketchOf([1]), 'time.canary-2': sketchOf([3]) },
  };
  const { counters, events, histograms } = redactSlice(slice, redactor);
  expect(counters).toEqual({ 'errors.bad [redacted]': 5, 'http.requests': 9 });
  expect(events).toEqual({ 'rate [redacted]': 1 });
  expect(histograms['time.[redacted]']?.count).toBe(2);
});
