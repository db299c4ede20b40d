import type { RunRecord } from '../../record/index.ts';
import { outcomesOf, type Samples } from '../../record/samples/index.ts';
import { decodeSketch } from '../../stats/index.ts';
import { phaseTimesOf } from '../sentences/run-requests.ts';
import type { Target } from './block.ts';
import { isCustomMetric } from './block-figures.ts';
import type { CustomSeries, StoredRun, StoredSeries } from './stored-series.ts';

/** The columns that a comparison of stored runs reads. */
export type ComparedSamples = Samples<'due' | 'lastByte' | 'status' | 'error' | 'journey' | 'endpoint'>;

/**
 * A stored run as far as it is compared: all requests, then every endpoint and every journey of which there are any, then custom
 * metrics.
 *
 * @param samples in the order of due.
 */
export function storedRunOf(name: string, record: RunRecord, samples: ComparedSamples): StoredRun {
  const phases = phaseTimesOf(record);
  const startedAtMs = phases[0]?.startedAt ?? samples.due[0] ?? 0;
  const endedAtMs = phases.at(-1)?.endedAt;
  const all = Array.from({ length: samples.count }, (_, row) => row);
  const series = (target: Target, rows: readonly number[]): StoredSeries[] =>
    rows.length === 0 ? [] : [seriesOf(target, samples, rows, startedAtMs)];
  const named = (kind: 'endpoint' | 'journey'): StoredSeries[] => {
    const rowsOf = samples.names[kind].map((): number[] => []);
    for (const row of all) rowsOf[samples[kind][row] ?? -1]?.push(row);
    return samples.names[kind].flatMap((each, index) => series({ kind, name: each }, rowsOf[index] ?? []));
  };
  return {
    name,
    series: [...series({ kind: 'all requests', name: 'All requests' }, all), ...named('endpoint'), ...named('journey')],
    custom: customOf(record, startedAtMs),
    ...(endedAtMs === undefined ? {} : { durationSec: (endedAtMs - startedAtMs) / 1000 }),
  };
}

function customOf({ windows, metrics }: RunRecord, startedAtMs: number): CustomSeries[] {
  const names = Object.keys(metrics.histograms).filter(isCustomMetric).toSorted();
  return names.map((name) => ({
    target: { kind: 'custom metric', name },
    windows: windows.flatMap(({ startedAt, histograms }) => {
      const encoded = histograms[name];
      const startSec = (Date.parse(startedAt) - startedAtMs) / 1000;
      return encoded === undefined ? [] : [{ startSec, sketch: decodeSketch(encoded) }];
    }),
  }));
}

function seriesOf(
  target: Target,
  samples: ComparedSamples,
  rows: readonly number[],
  startedAtMs: number,
): StoredSeries {
  const { isTimed, isFailed } = outcomesOf(samples);
  return {
    target,
    dueSec: Float64Array.from(rows, (row) => ((samples.due[row] ?? 0) - startedAtMs) / 1000),
    values: Float64Array.from(rows, (row) => (isTimed(row) ? (samples.lastByte[row] ?? 0) / 1000 : Number.NaN)),
    failed: rows.map(isFailed),
  };
}
