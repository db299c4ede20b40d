import { resample } from '../plan/resample.ts';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A line of bars is at most so many characters long. */
const MOST_BARS = 40;

/**
 * Values of equal intervals as a line of bars from 0 to the largest, 40 at most; empty when there are none.
 *
 * @example sparkline([0, 5, 10]) // '▁▅█'
 */
export function sparkline(values: readonly number[]): string {
  if (values.length === 0) return '';
  const shown = values.length > MOST_BARS ? resample(values, MOST_BARS) : values;
  const top = Math.max(...shown, Number.MIN_VALUE);
  return shown.map((value) => BARS[Math.round((Math.max(0, value) / top) * (BARS.length - 1))] ?? '').join('');
}
