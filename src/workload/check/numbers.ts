import type { Cursor } from './cursor.ts';

/** The number at a cursor, also if it is written as a text; undefined for anything else, such as a template. */
export function numberAt({ value }: Cursor): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

/** A length of time as a reader would say it. @example spokenSeconds(5400) // '1 h 30 min' */
export function spokenSeconds(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [Math.round(seconds % 60), 's'],
  ].filter(([amount]) => amount !== 0);
  return parts
    .slice(0, 2)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}
