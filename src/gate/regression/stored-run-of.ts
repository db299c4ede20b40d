import { outcomesOf, type Samples } from '../../record/samples/index.ts';
import type { Target } from './block.ts';
import type { StoredRun, StoredSeries } from './stored-series.ts';

/** The columns that a comparison of stored runs reads. */
export type ComparedSamples = Samples<'due' | 'lastByte' | 'status' | 'error' | 'endpoint'>;

/**
 * A stored run as far as it is compared: all requests, then every endpoint of which there are any. Journeys and custom metrics
 * are stored as sketches, without the order that an interval needs.
 *
 * @param samples in the order of due.
 * @param startedAtMs when the first phase began, milliseconds since the epoch.
 */
export function storedRunOf(name: string, samples: ComparedSamples, startedAtMs: number): StoredRun {
  const rowsOf = samples.names.endpoint.map((): number[] => []);
  const all = Array.from({ length: samples.count }, (_, row) => row);
  for (const row of all) rowsOf[samples.endpoint[row] ?? -1]?.push(row);
  const series = (target: Target, rows: readonly number[]): StoredSeries[] =>
    rows.length === 0 ? [] : [seriesOf(target, samples, rows, startedAtMs)];
  const endpoints = samples.names.endpoint.flatMap((endpoint, index) =>
    series({ kind: 'endpoint', name: endpoint }, rowsOf[index] ?? []),
  );
  return { name, series: [...series({ kind: 'all requests', name: 'All requests' }, all), ...endpoints] };
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
