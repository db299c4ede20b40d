/**
 * Buckets of values on a logarithmic scale, the same as those of Artillery's sketches (DDSketch with 1 % relative accuracy:
 * Masson, Rim and Lee, VLDB 2019), so that sketches of a run and histograms made from samples can be added up.
 * Bucket 0 holds zeros, negative buckets hold negative values.
 */

/** The largest relative error of a value that is known by its bucket only. */
export const RELATIVE_ERROR = 0.01;

const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);

/** The bucket of 1. Values below about 1e-13 share the bucket next to zero. */
const BUCKET_OF_ONE = 1500;

/** Buckets lie between -LARGEST_BUCKET and LARGEST_BUCKET; that of the largest is about 1e22. */
export const LARGEST_BUCKET = 4000;

/** The bucket of any finite value; buckets sort as their values do. */
export function bucketOf(value: number): number {
  if (value === 0) return 0;
  const index = Math.ceil(Math.log(Math.abs(value)) / LOG_GAMMA) + BUCKET_OF_ONE;
  const magnitude = Math.min(LARGEST_BUCKET, Math.max(1, index));
  return value < 0 ? -magnitude : magnitude;
}

/** The bucket that a key of a DDSketch store stands for, of positive values. */
export function bucketOfSketchKey(key: number): number {
  return Math.min(LARGEST_BUCKET, Math.max(1, key + BUCKET_OF_ONE));
}

/** The value that stands for a bucket: no value in it is farther away than `RELATIVE_ERROR`. */
export function valueOfBucket(bucket: number): number {
  if (bucket === 0) return 0;
  const upper = Math.exp((Math.abs(bucket) - BUCKET_OF_ONE) * LOG_GAMMA);
  return Math.sign(bucket) * ((2 * upper) / (1 + GAMMA));
}
