/**
 * Values that come and go, of which any order statistic can be asked: a Fenwick tree over the ranks of all values that can
 * ever be in it. Every operation takes time in proportion to the logarithm of their number, so that a quantile can be taken
 * of each of many overlapping windows without sorting each.
 */
export class SlidingValues {
  readonly #distinct: Float64Array;
  /** Node `i` holds the number of values with the ranks from `i - (i & -i) + 1` to `i`, counted from 1. */
  readonly #tree: Uint32Array;
  readonly #top: number;
  #count = 0;
  #sum = 0;

  /** @param values all that will ever be added, in any order. */
  constructor(values: ArrayLike<number>) {
    const sorted = Float64Array.from(values).sort();
    this.#distinct = sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]);
    this.#tree = new Uint32Array(this.#distinct.length + 1);
    this.#top = 2 ** Math.floor(Math.log2(Math.max(1, this.#distinct.length)));
  }

  /** How many values are in it. */
  get count(): number {
    return this.#count;
  }

  /** Of the values in it; 0 if there are none. */
  get sum(): number {
    return this.#sum;
  }

  add(value: number): void {
    this.#change(value, 1);
  }

  /** Takes out one value that is in it. */
  remove(value: number): void {
    this.#change(value, -1);
  }

  /** The value of a rank, from 0 for the smallest to `count` − 1. */
  atRank(rank: number): number {
    let node = 0;
    let before = rank;
    for (let step = this.#top; step > 0; step >>= 1) {
      const size = this.#tree[node + step];
      if (size === undefined || size > before) continue;
      node += step;
      before -= size;
    }
    return this.#distinct[node] ?? Number.NaN;
  }

  #change(value: number, by: 1 | -1): void {
    this.#count += by;
    this.#sum += by * value;
    for (let node = this.#rankOf(value) + 1; node < this.#tree.length; node += node & -node) {
      this.#tree[node] = (this.#tree[node] ?? 0) + by;
    }
  }

  #rankOf(value: number): number {
    let [low, high] = [0, this.#distinct.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#distinct[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
