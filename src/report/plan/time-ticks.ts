const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const STEPS = [1, 2, 5, 10, 15, 30]
  .flatMap((step) => [step * SECOND, step * MINUTE])
  .concat([1, 2, 3, 6, 12, 24, 48, 168].map((step) => step * HOUR))
  .toSorted((a, b) => a - b);

/** Moments for the marks of a time axis: round ones, from 0, at most `most` of them. */
export function timeTicks(totalMs: number, most: number): number[] {
  const step = STEPS.find((each) => totalMs / each <= most - 1) ?? totalMs;
  return Array.from({ length: Math.floor(totalMs / step) + 1 }, (_, index) => index * step);
}
