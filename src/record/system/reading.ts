/**
 * What a resource's figure says about it, after Gregg's USE method (utilisation, saturation, errors) and the RED method of
 * services (rate, errors, duration). `size`: how much there is of something, without an upper end that is known.
 */
export type Aspect = 'utilisation' | 'saturation' | 'errors' | 'rate' | 'duration' | 'size';

/** What a series is about, where that is known; what is not known is kept without. */
export interface Meaning {
  readonly resource: Resource;
  readonly aspect: Aspect;
}

/** The resources that a service can run out of, and what takes its time. */
export type Resource =
  | 'processor'
  | 'machine'
  | 'memory'
  | 'garbage collection'
  | 'event loop'
  | 'threads'
  | 'descriptors'
  | 'disk'
  | 'connections'
  | 'pool'
  | 'locks'
  | 'waits'
  | 'cache'
  | 'queue'
  | 'transactions'
  | 'checkpoints'
  | 'statement'
  | 'table'
  | 'requests';

/** Name → value; what tells several series of one metric apart. */
export type Labels = Readonly<Record<string, string>>;

/** What every reading says beside its number. */
export interface Described {
  /** As its source calls it: `http_requests_total`, `postgres.sessions`. */
  readonly metric: string;
  readonly labels: Labels;
  /** Of the series that comes of it: `s`, `bytes`, `%`, `1/s`; '' for a plain number. */
  readonly unit: string;
  readonly meaning?: Meaning | undefined;
}

/** One number, as a source tells it at one look. What comes of two looks is in `series-store.ts`. */
export type Reading = Described &
  (
    | { readonly kind: 'gauge'; readonly value: number }
    /** Only grows, until it begins again at 0. Becomes its growth per second, times `scale` (1). */
    | { readonly kind: 'counter'; readonly value: number; readonly scale?: number }
    /** Two counters; become the growth of the first by the growth of the second, times `scale` (1). */
    | { readonly kind: 'ratio'; readonly part: number; readonly whole: number; readonly scale?: number }
    /** How many values were at most each bound, all of them at last; become the 95th percentile of the new ones. */
    | { readonly kind: 'buckets'; readonly bounds: readonly number[]; readonly counts: readonly number[] }
  );

/** How the values of a series came about. */
export type Figure = 'value' | 'rate' | 'mean' | 'p95';

const FIGURES: Readonly<Record<Reading['kind'], Figure>> = {
  gauge: 'value',
  counter: 'rate',
  ratio: 'mean',
  buckets: 'p95',
};

/** What becomes of a kind of reading. */
export function figureOf({ kind }: Reading): Figure {
  return FIGURES[kind];
}
