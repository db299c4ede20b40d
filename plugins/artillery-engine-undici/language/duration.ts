const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNITS_MS: ReadonlyMap<string, number> = new Map(
  (
    [
      [1, ['ms', 'msec', 'msecs', 'millisecond', 'milliseconds']],
      [SECOND_MS, ['', 's', 'sec', 'secs', 'second', 'seconds']],
      [MINUTE_MS, ['m', 'min', 'mins', 'minute', 'minutes']],
      [HOUR_MS, ['h', 'hr', 'hrs', 'hour', 'hours']],
      [DAY_MS, ['d', 'day', 'days']],
      [7 * DAY_MS, ['w', 'week', 'weeks']],
      [365.25 * DAY_MS, ['y', 'yr', 'yrs', 'year', 'years']],
    ] as const
  ).flatMap(([unitMs, names]) => names.map((name) => [name, unitMs] as const)),
);
const DURATION = /^(-?\d*\.?\d+) *([a-z]*)$/i;
/** Longer texts are no durations to the package `ms`, which Artillery reads them with. */
const LONGEST_TEXT = 100;

/**
 * A duration in milliseconds, as the package `ms` writes them: `500ms`, `1.5 minutes`, `2h`, `-3s`; a number alone means
 * seconds. @returns undefined for anything else
 */
export function parseDuration(duration: unknown): number | undefined {
  if (typeof duration === 'number') return Number.isFinite(duration) ? duration * SECOND_MS : undefined;
  if (typeof duration !== 'string' || duration.length > LONGEST_TEXT) return undefined;
  const [, amount = '', unit = ''] = DURATION.exec(duration) ?? [];
  const unitMs = UNITS_MS.get(unit.toLowerCase());
  return amount === '' || unitMs === undefined ? undefined : Number.parseFloat(amount) * unitMs;
}
