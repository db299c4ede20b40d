const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:milliseconds?|msecs?|ms)?$/i, 1],
  [/^(?:seconds?|secs?|s)$/i, 1_000],
  [/^(?:minutes?|mins?|m)$/i, 60_000],
  [/^(?:hours?|hrs?|h)$/i, 3_600_000],
  [/^(?:days?|d)$/i, 86_400_000],
  [/^(?:weeks?|w)$/i, 604_800_000],
  [/^(?:years?|yrs?|y)$/i, 31_557_600_000],
];

/** What `setTimeout` makes of anything that is not a number from 1 to 2³¹ − 1. */
const SHORTEST_TIMER_MS = 1;

/**
 * A length of time in words, as Artillery reads it (package ms 2.1.3): `500ms`, `1.5 s`, `2 minutes`, a bare number is
 * milliseconds.
 *
 * @returns milliseconds, or undefined for anything else.
 * @example parseMs('1.5 min') // 90000
 */
export function parseMs(text: string): number | undefined {
  const match = /^(?<number>-?(?:\d+)?\.?\d+) *(?<unit>[a-z]*)$/i.exec(text)?.groups;
  const factor = UNITS.find(([unit]) => unit.test(match?.unit ?? '?'))?.[1];
  return match?.number === undefined || factor === undefined ? undefined : Number(match.number) * factor;
}

/**
 * `duration` or `pause` of a phase in seconds. Artillery takes whole numbers as seconds and anything else as words; 0, a
 * fraction without a unit and nonsense make it throw when the run starts.
 *
 * @returns seconds above 0, or undefined where Artillery would throw.
 * @example phaseSeconds('2 min') // 120
 */
export function phaseSeconds(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  if (Number.isInteger(Number(value))) return Number(value) > 0 ? Number(value) : undefined;
  const ms = typeof value === 'string' ? parseMs(value) : undefined;
  return ms === undefined || ms <= 0 ? undefined : ms / 1000;
}

/**
 * How long a `think` step waits, in milliseconds. Whole numbers are seconds. A fraction such as 0.5 is no half second:
 * Artillery 2.0.34 hands it to a timer as text, and the timer fires after one millisecond.
 *
 * @returns undefined where Artillery would end the user with an error.
 * @example thinkMs('500ms') // 500
 */
export function thinkMs(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const isWhole = Number.isInteger(Number(value));
  if (!isWhole && typeof value === 'number') return SHORTEST_TIMER_MS;
  const ms = parseMs(isWhole ? `${value}s` : String(value));
  return ms === undefined ? undefined : Math.max(SHORTEST_TIMER_MS, ms);
}
