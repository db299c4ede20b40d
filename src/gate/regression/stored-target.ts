import type { Target } from './block.ts';
import type { SeriesFlag } from './stored-series.ts';

/** Quantiles whose scatter within one run is known. */
export type StoredQuantile = 'p50' | 'p95' | 'p99';

/** What a stored run has one number of; its error rate are two. */
export type StoredFigure = StoredQuantile | 'mean' | 'throughput';

/** What one stored run tells of one target, its warm-up left out. */
export interface StoredTarget {
  readonly target: Target;
  /** Requests, from 0; values of a custom metric. */
  readonly requests: number;
  /** 0 of a custom metric. */
  readonly errors: number;
  /** Values that quantiles and mean come from. */
  readonly values: number;
  /** In milliseconds, in the unit of the custom metric, or per second; undefined: not measured. */
  figure(metric: StoredFigure): number | undefined;
  /** Logarithms of what drawing the run again gives; undefined: how it scatters within itself is not known. */
  draws(metric: StoredQuantile): Float64Array | undefined;
  readonly flags: readonly SeriesFlag[];
}

/** What one stored run tells, measured from its samples or read from a baseline. */
export interface StoredFigures {
  readonly name: string;
  readonly targets: readonly StoredTarget[];
}
