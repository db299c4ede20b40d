/** Halving an interval of doubles more often than this changes nothing. */
const MOST_HALVINGS = 200;

/**
 * Where a non-decreasing function reaches a value, by bisection: slow and never wrong.
 *
 * @param low the function is at most `value` here.
 * @param high the function is at least `value` here.
 */
export function invertMonotone(fn: (x: number) => number, value: number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let step = 0; step < MOST_HALVINGS; step += 1) {
    const middle = (below + above) / 2;
    if (middle === below || middle === above) break;
    if (fn(middle) < value) below = middle;
    else above = middle;
  }
  return above;
}
