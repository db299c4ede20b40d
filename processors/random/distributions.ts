import type { Random } from 'proving-ground/stats/random.ts';

/**
 * A log-normal number: what people and machines take their time over has this shape, a bulk around the median and a
 * long tail above it.
 *
 * @param median above 0; half of the numbers are below it.
 * @param spread the geometric standard deviation, 1 or more: two thirds of the numbers are between `median / spread`
 *   and `median * spread`. 1 gives the median every time.
 */
export function drawLogNormal(random: Random, median: number, spread: number): number {
  return median * Math.exp(Math.log(spread) * drawNormal(random));
}

/** A standard normal number, by Box and Muller (1958). */
function drawNormal(random: Random): number {
  // 1 - u keeps the logarithm away from 0.
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}

/**
 * Prepares drawing items in proportion to their weights. With weights of 1/rank this is Zipf's distribution.
 *
 * @param weightOf above 0 and finite for each item.
 * @throws RangeError when there are no items, or a weight is not above 0.
 */
export function createWeightedPick<T>(items: readonly T[], weightOf: (item: T) => number): (random: Random) => T {
  let total = 0;
  const upTo = items.map((item) => {
    const weight = weightOf(item);
    if (!(weight > 0 && weight < Infinity)) throw new RangeError(`a weight is ${weight}; it must be above 0`);
    total += weight;
    return total;
  });
  if (items.length === 0) throw new RangeError('cannot pick from an empty list');
  return (random) => items[firstAbove(upTo, random.next() * total)] as T;
}

/** Binary search; rounding may put the target at the very end, which is the last item. */
function firstAbove(upTo: readonly number[], target: number): number {
  let [low, high] = [0, upTo.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((upTo[middle] ?? Infinity) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The items in an order drawn from the stream (Fisher and Yates), as a new list. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
