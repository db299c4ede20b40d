import { addSlices, type Slice, secondsOf } from 'proving-ground/record/metrics.ts';
import { copySketch, mergeSketches, type Sketch } from 'proving-ground/stats/sketch.ts';
import type { MetricStore } from '../artillery.ts';

/** Artillery keeps metrics by so many milliseconds of wall-clock time. */
const PERIOD_MS = 10_000;

/**
 * Hands whole slices to Artillery's metric store, which is made for one value at a time: a call per request and metric, a
 * time stamp and a sketch each, were a third of what a request costs. The store sums up every five seconds; what it is about
 * to sum up is put there just before.
 *
 * @param takeSlices gives the slices since the last call.
 */
export function feedMetricStore(prototype: MetricStore, takeSlices: () => readonly Slice[]): void {
  const waiting = new Map<number, Slice>();
  const sumUp = prototype._aggregateCounters;
  prototype._aggregateCounters = function sumUpWithSlices(this: MetricStore, upToPeriod: number): void {
    for (const slice of takeSlices()) {
      const period = Math.floor(slice.startedAt / PERIOD_MS) * PERIOD_MS;
      const present = waiting.get(period);
      waiting.set(period, present === undefined ? slice : addSlices(present, slice));
    }
    // A period that goes on must stay unknown to the store, or it passes it on as if it were complete.
    for (const [period, slice] of waiting) {
      if (period >= upToPeriod) continue;
      waiting.delete(period);
      addToStore(this, period, slice);
    }
    sumUp.call(this, upToPeriod);
  };
}

function addToStore(store: MetricStore, period: number, slice: Slice): void {
  const { firstAt = period, lastAt = firstAt } = slice;
  store._aggregatedCounters[period] ??= {};
  const counters = store._aggregatedCounters[period];
  for (const [name, count] of Object.entries(slice.counters)) counters[name] = (counters[name] ?? 0) + count;
  widen(store._counterEarliestMeasurementByPeriod, store._counterLastMeasurementByPeriod, period, firstAt, lastAt);

  store._aggregatedHistograms[period] ??= {};
  const histograms = store._aggregatedHistograms[period];
  for (const [name, sketch] of Object.entries(slice.histograms)) {
    const present = histograms[name] as Sketch | undefined;
    histograms[name] = present === undefined ? copySketch(sketch) : mergeSketches(present, sketch);
  }
  widen(store._histogramEarliestMeasurementByPeriod, store._histogramLastMeasurementByPeriod, period, firstAt, lastAt);

  store._aggregatedRates[period] ??= {};
  const rates = store._aggregatedRates[period];
  const seconds = Math.max(1, secondsOf(slice));
  for (const [name, count] of Object.entries(slice.events))
    rates[name] = (rates[name] ?? 0) + Math.round(count / seconds);
}

function widen(
  earliest: Record<number, number>,
  latest: Record<number, number>,
  period: number,
  firstAt: number,
  lastAt: number,
): void {
  earliest[period] = Math.min(earliest[period] ?? Infinity, firstAt);
  latest[period] = Math.max(latest[period] ?? 0, lastAt);
}
