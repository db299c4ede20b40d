import { outputRedactor } from 'proving-ground/record/redact.ts';
import type { MetricStore } from './artillery.ts';

/**
 * Takes known secrets out of the names of metrics before anybody hears of them: Artillery makes names of error messages and
 * of the names of requests, prints them, and hands them to other plugins.
 *
 * @param store the prototype of Artillery's metric store; whoever listens in on it must have begun to do so before.
 */
export function redactMetricNames(store: MetricStore): void {
  const { incr, histogram, rate } = store;
  store.incr = function incrRedacted(this: MetricStore, name, value, time) {
    incr.call(this, outputRedactor.text(name), value, time);
  };
  store.histogram = function histogramRedacted(this: MetricStore, name, value, time) {
    histogram.call(this, outputRedactor.text(name), value, time);
  };
  store.rate = function rateRedacted(this: MetricStore, name, time) {
    rate.call(this, outputRedactor.text(name), time);
  };
}
