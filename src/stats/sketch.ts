import { DDSketch } from '@artilleryio/sketches-js';
import { correctMerge } from './correct-merge.ts';

correctMerge();

/**
 * A mergeable histogram with a relative error of 1 % in its quantiles (DDSketch: Masson, Rim and Lee, VLDB 2019), the
 * form in which Artillery hands its measurements on. Minimum, maximum, count and sum are exact.
 */
export type Sketch = DDSketch;

/** The figures of a histogram that people read. In the unit of the values; `count` is a number of values. */
export interface Summary {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
}

/** A sketch of the given values; for tests and for metrics that do not come from Artillery. */
export function sketchOf(values: Iterable<number>): Sketch {
  const sketch = new DDSketch({ relativeAccuracy: 0.01 });
  for (const value of values) sketch.accept(value);
  return sketch;
}

/** The union of both sketches; neither argument is changed. Merging is commutative and associative. */
export function mergeSketches(a: Sketch, b: Sketch): Sketch {
  const merged = copySketch(a);
  merged.merge(b);
  return merged;
}

/** An independent copy. */
export function copySketch(sketch: Sketch): Sketch {
  return DDSketch.fromProto(sketch.toProto());
}

/**
 * The quantile `q` (0–1) of a sketch that is not empty, never outside [min, max]: a bucket's middle can lie past the
 * largest value, and a p99 above the maximum is a number nobody believes.
 */
export function quantileOf(sketch: Sketch, q: number): number {
  return Math.min(sketch.max, Math.max(sketch.min, sketch.getValueAtQuantile(q)));
}

/** The figures of a sketch, or undefined when it holds no value: missing data is never 0. */
export function summarise(sketch: Sketch): Summary | undefined {
  if (sketch.count === 0) return undefined;
  return {
    count: sketch.count,
    min: sketch.min,
    max: sketch.max,
    mean: sketch.sum / sketch.count,
    p50: quantileOf(sketch, 0.5),
    p75: quantileOf(sketch, 0.75),
    p90: quantileOf(sketch, 0.9),
    p95: quantileOf(sketch, 0.95),
    p99: quantileOf(sketch, 0.99),
    p999: quantileOf(sketch, 0.999),
  };
}

/** Base64 of the sketch's protocol buffer: the form it has in `run.json`. */
export function encodeSketch(sketch: Sketch): string {
  return Buffer.from(sketch.toProto()).toString('base64');
}

/** The inverse of `encodeSketch`. */
export function decodeSketch(text: string): Sketch {
  return DDSketch.fromProto(Buffer.from(text, 'base64'));
}
