import { batchMeans, type Sketch, trendOf, warmUpOf } from '../../stats/index.ts';
import type { Target } from './block.ts';

/** What a stored run measured of one target, in the order in which it was due. */
export interface StoredSeries {
  readonly target: Target;
  /** When each was due, seconds since the first phase began, ascending. */
  readonly dueSec: ArrayLike<number>;
  /** Its time in milliseconds, or the value of a custom metric; NaN where there is none (not answered). */
  readonly values: ArrayLike<number>;
  /** Whether it failed; absent for custom metrics. */
  readonly failed?: ArrayLike<number | boolean>;
}

/** Values of a custom metric, in windows. */
export interface CustomSeries {
  readonly target: Target;
  /** In the order of time. */
  readonly windows: readonly {
    /** Since the first phase began, seconds. */
    readonly startSec: number;
    readonly sketch: Sketch;
  }[];
}

/** A stored run as far as it is compared. */
export interface StoredRun {
  readonly name: string;
  readonly series: readonly StoredSeries[];
  readonly custom?: readonly CustomSeries[];
  /** From the beginning of the first phase to the end of the last one; absent: not known, and there is no throughput. */
  readonly durationSec?: number;
}

/** Why an interval may be too narrow. */
export type SeriesFlag =
  /** MSER-5 would leave out more than was left out. */
  | { readonly kind: 'still warming up'; readonly run: string; readonly untilSec: number }
  | { readonly kind: 'never steady'; readonly run: string }
  | { readonly kind: 'trend'; readonly run: string; readonly p: number };

/** A series without its warm-up. */
export interface SteadySeries {
  readonly values: Float64Array;
  readonly requests: number;
  readonly errors: number;
  readonly flags: readonly SeriesFlag[];
}

const TREND_BATCHES = 20;
const TREND_LEVEL = 0.01;
/** A warm-up that MSER-5 sees in the first twentieth of what is left is as likely chance. */
const NEGLIGIBLE = 0.05;

/** Leaves the warm-up out, the same for every run, and looks at whether the rest is steady. */
export function steadySeries(run: string, series: StoredSeries, warmUpSec: number): SteadySeries {
  const kept = Array.from({ length: series.dueSec.length }, (_, index) => index).filter(
    (index) => (series.dueSec[index] ?? 0) >= warmUpSec,
  );
  const measured = kept.filter((index) => Number.isFinite(series.values[index]));
  const values = Float64Array.from(measured, (index) => series.values[index] ?? 0);
  const errors = kept.filter((index) => Boolean(series.failed?.[index])).length;
  const dueAt = (index: number): number => series.dueSec[measured[index] ?? 0] ?? 0;
  return { values, requests: kept.length, errors, flags: flagsOf(run, values, dueAt) };
}

function flagsOf(run: string, values: Float64Array, dueAt: (index: number) => number): SeriesFlag[] {
  const flags: SeriesFlag[] = [];
  const warmUp = warmUpOf(values);
  if (warmUp.kind === 'not over') flags.push({ kind: 'never steady', run });
  if (warmUp.kind === 'ends' && warmUp.count > NEGLIGIBLE * values.length) {
    flags.push({ kind: 'still warming up', run, untilSec: dueAt(warmUp.count) });
  }
  const batches = batchMeans(values, Math.max(1, Math.floor(values.length / TREND_BATCHES)));
  const { p } = trendOf(batches);
  if (p < TREND_LEVEL) flags.push({ kind: 'trend', run, p });
  return flags;
}
