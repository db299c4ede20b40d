import { NONE } from '../../../record/samples/index.ts';
import type { Axis } from './axis.ts';
import type { ReportSamples } from './report-samples.ts';

/**
 * Requests under way, mean of each bin, in hundredths: the time that all of them spent in the bin, from the beginning of
 * the work on a connection to the last byte, divided by its length (Little's law backwards).
 */
export function requestsInFlight({ count, due, queued, lastByte }: ReportSamples, axis: Axis): Uint32Array {
  const { startMs, binMs, bins } = axis;
  const busyMs = new Float64Array(bins);
  // How many requests more than before cover a bin from end to end.
  const covering = new Float64Array(bins + 1);
  for (let row = 0; row < count; row += 1) {
    const waited = queued[row] === NONE ? 0 : (queued[row] ?? 0);
    const from = Math.max(0, (due[row] ?? 0) - startMs + waited / 1000);
    const to = Math.min(bins * binMs, (due[row] ?? 0) - startMs + (lastByte[row] ?? 0) / 1000);
    if (to <= from) continue;
    const first = Math.floor(from / binMs);
    const last = Math.min(bins - 1, Math.floor(to / binMs));
    if (first === last) {
      busyMs[first] = (busyMs[first] ?? 0) + to - from;
      continue;
    }
    busyMs[first] = (busyMs[first] ?? 0) + (first + 1) * binMs - from;
    busyMs[last] = (busyMs[last] ?? 0) + to - last * binMs;
    covering[first + 1] = (covering[first + 1] ?? 0) + 1;
    covering[last] = (covering[last] ?? 0) - 1;
  }
  return meansOf(busyMs, covering, binMs);
}

function meansOf(busyMs: Float64Array, covering: Float64Array, binMs: number): Uint32Array {
  let covered = 0;
  return Uint32Array.from(busyMs, (busy, bin) => {
    covered += covering[bin] ?? 0;
    return Math.round((busy / binMs + covered) * 100);
  });
}
