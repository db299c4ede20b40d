import { DDSketch } from '@artilleryio/sketches-js';

/** What is used of the store of a sketch: counts by key, where key 0 is the bucket that ends at 1. */
interface Store {
  readonly count: number;
  readonly maxKey: number;
  merge(store: Store): void;
  _extendRange(key: number): void;
}

/**
 * Corrects the merging of sketches, in this thread and for everybody in it. sketches-js 2.1.1 takes a largest key of 0 for one that is
 * missing (`secondKey || key` in DenseStore): a sketch of values below 0.98 that is given one whose largest value is just below 1 then
 * counts NaN values as soon as it is copied. To be called once, before anything is merged.
 */
export function correctMerge(): void {
  const store: Store = Object.getPrototypeOf(new DDSketch().store);
  const { merge } = store;
  store.merge = function mergeCorrected(this: Store, other) {
    if (this.count > 0 && other.count > 0 && other.maxKey === 0 && this.maxKey < 0) this._extendRange(0);
    merge.call(this, other);
  };
}
