import type { GeneratorSecond, ValidityInterval } from '../../record/index.ts';

/** Two bad seconds with less than this between them are one interval. */
const GAP_SECONDS = 1.5;

/** At most this many intervals are kept. */
const KEPT = 5;

/**
 * When something was wrong, longest first; figures of several workers fall into the same intervals.
 *
 * @param worstOf the figure of a second in which it was; undefined: it was not.
 */
export function intervalsOf(
  seconds: readonly GeneratorSecond[],
  worstOf: (second: GeneratorSecond) => number | undefined,
): ValidityInterval[] {
  const intervals: ValidityInterval[] = [];
  for (const second of seconds.toSorted((a, b) => a.at - b.at)) {
    const worst = worstOf(second);
    if (worst === undefined) continue;
    const from = Math.max(0, second.at);
    const to = second.at + second.spanMs / 1000;
    const last = intervals.at(-1);
    if (last === undefined || from - last.to > GAP_SECONDS) intervals.push({ from, to, worst });
    else intervals.splice(-1, 1, { ...last, to: Math.max(last.to, to), worst: Math.max(last.worst, worst) });
  }
  return intervals
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, KEPT)
    .map(({ from, to, worst }) => ({ from: round(from), to: round(to), worst: round(worst) }));
}

/** `from 12 s to 19 s`, and how many intervals there were beside the longest; empty where there was none. */
export function describeIntervals([longest, ...others]: readonly ValidityInterval[]): string {
  if (longest === undefined) return '';
  const more = others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'time' : 'times'}`;
  return `from ${Math.floor(longest.from)} s to ${Math.ceil(longest.to)} s${more}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
