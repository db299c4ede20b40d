import {
  blockLengthFor,
  bootstrapQuantiles,
  mergeSketches,
  quantileOfSorted,
  type Random,
  summarise,
} from '../../stats/index.ts';
import { type CustomSeries, type StoredRun, type StoredSeries, steadySeries } from './stored-series.ts';
import type { StoredFigures, StoredQuantile, StoredTarget } from './stored-target.ts';

/** How a stored run is measured. */
export interface MeasureOptions {
  /** Left out at the beginning, seconds. */
  readonly warmUpSec: number;
  readonly random: Random;
  /** How often it is drawn again, default 1,000; fewer for millions of requests. */
  readonly resamples?: number;
}

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const satisfies Record<StoredQuantile, number>;
const NAMES = Object.keys(QUANTILES) as readonly StoredQuantile[];

/** Queues remember longer than n^(1/3) requests: three times as long covers better at high load and no worse at low load. */
const BLOCK_FACTOR = 3;

/** Figures of a stored run, from its requests; how they scatter is computed when somebody asks. */
export function measureRun(
  { name, series, custom = [], durationSec }: StoredRun,
  options: MeasureOptions,
): StoredFigures {
  const timeSec = durationSec === undefined ? undefined : durationSec - options.warmUpSec;
  return {
    name,
    targets: [
      ...series.map((each) => ofRequests(name, each, timeSec, options)),
      ...custom.flatMap((each) => ofValues(each, options.warmUpSec)),
    ],
  };
}

function ofRequests(
  name: string,
  series: StoredSeries,
  timeSec: number | undefined,
  options: MeasureOptions,
): StoredTarget {
  const { values, requests, errors, flags } = steadySeries(name, series, options.warmUpSec);
  const sorted = values.toSorted();
  const mean = values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  const drawn = createDraws(values, options);
  const figure: StoredTarget['figure'] = (metric) => {
    if (metric === 'throughput')
      return timeSec === undefined ? undefined : doneInTime(series, timeSec, options) / timeSec;
    if (metric === 'mean') return mean;
    return sorted.length === 0 ? undefined : quantileOfSorted(sorted, QUANTILES[metric]);
  };
  return { target: series.target, requests, errors, values: values.length, figure, draws: drawn, flags };
}

/** What was due while the phases lasted and did not fail; users who finish afterwards are not the load of the test. */
function doneInTime({ dueSec, failed }: StoredSeries, timeSec: number, { warmUpSec }: MeasureOptions): number {
  let done = 0;
  for (let index = 0; index < dueSec.length; index += 1) {
    const due = dueSec[index] ?? 0;
    if (due >= warmUpSec && due < warmUpSec + timeSec && !failed?.[index]) done += 1;
  }
  return done;
}

/** All quantiles from the same resamples: drawing is what takes the time. */
function createDraws(values: Float64Array, { random, resamples = 1000 }: MeasureOptions): StoredTarget['draws'] {
  let drawn: Float64Array[] | undefined;
  return (metric) => {
    if (values.length === 0) return undefined;
    const blockLength = BLOCK_FACTOR * blockLengthFor(values.length);
    drawn ??= bootstrapQuantiles(values, Object.values(QUANTILES), { random, resamples, blockLength });
    return drawn[NAMES.indexOf(metric)]?.map(Math.log);
  };
}

/** Custom metrics are stored as sketches of ten seconds, without the order that an interval within the run needs. */
function ofValues({ target, windows }: CustomSeries, warmUpSec: number): StoredTarget[] {
  const [first, ...others] = windows.filter(({ startSec }) => startSec >= warmUpSec).map(({ sketch }) => sketch);
  if (first === undefined) return [];
  const summary = summarise(others.reduce(mergeSketches, first));
  if (summary === undefined) return [];
  const figure: StoredTarget['figure'] = (metric) => (metric === 'throughput' ? undefined : summary[metric]);
  const { count } = summary;
  return [{ target, requests: count, errors: 0, values: count, figure, draws: () => undefined, flags: [] }];
}
