import { formatNumber } from '../number-format.ts';
import { plainText } from '../plain-text.ts';

/**
 * A length of time as one says it: seconds up to two minutes, then minutes.
 *
 * @example sayDuration(90_000) // '90 s'
 */
export function sayDuration(durationMs: number): string {
  if (durationMs < 1000) return `${formatNumber(Math.round(durationMs))} ms`;
  if (durationMs < 10_000) return `${formatNumber(Math.round(durationMs / 100) / 10)} s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 120) return `${seconds} s`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const parts = [
    [hours, 'h'],
    [minutes, 'min'],
    [hours > 0 ? 0 : seconds % 60, 's'],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** A moment of a test, as on a clock that starts with it: `1:05`, `1:02:00`. */
export function sayMoment(sinceStartMs: number): string {
  const seconds = Math.round(sinceStartMs / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const end = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${end}` : `${minutes}:${end}`;
}

/** How often something happens: `once a second`, `2.5 times a second`, `once every 4 s`. @param perSec above 0. */
export function sayHowOften(perSec: number): string {
  if (perSec < 1) return `once every ${sayDuration(1000 / perSec)}`;
  return perSec === 1 ? 'once a second' : `${formatNumber(perSec)} times a second`;
}

/** A rate without its verb: `8 a second`, `one every 4 s`. @param perSec 0 or more. */
export function sayRate(perSec: number): string {
  if (perSec === 0) return 'none';
  return perSec < 1 ? `one every ${sayDuration(1000 / perSec)}` : `${formatNumber(perSec)} a second`;
}

/** A number of things, in singular or plural: `1 user`, `240 users`. */
export function sayCount(count: number, singular: string): string {
  const rounded = formatNumber(Math.round(count));
  return rounded === '1' ? `1 ${singular}` : `${rounded} ${singular}s`;
}

/** A number that is an expectation: whole, and from 1,000 on with three significant digits. */
export function sayAbout(value: number): string {
  return formatNumber(value >= 1000 ? Number(value.toPrecision(3)) : Math.round(value));
}

/** A share (0–1) with two significant digits: `35 %`, `0.25 %`. */
export function sayPercent(share: number): string {
  return `${formatNumber(Number((share * 100).toPrecision(2)))} %`;
}

/** Text from a test file, fit for one line of a terminal: no control characters, which could move the cursor. */
export function oneLine(text: string): string {
  return plainText(text);
}

/** Breaks text into lines of at most `width` characters, between words; a longer word has a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
