import type { Share } from './answer.ts';

const SIGNIFICANT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A number in the middle of a sentence, with three digits. */
export function digits(value: number): string {
  return SIGNIFICANT.format(value);
}

/** `1 connection`, `2.5 connections`. */
export function connections(count: number): string {
  return `${digits(count)} connection${digits(count) === '1' ? '' : 's'}`;
}

/** A duration in the unit in which people say it. */
export function duration(ms: number): string {
  return ms >= 1000 ? `${digits(ms / 1000)} s` : `${digits(ms)} ms`;
}

/** `42 %`. */
export function percent(share: number): string {
  return `${digits(Math.round(share * 1000) / 10)} %`;
}

/** `42 % (38–45 %)`, with the interval of 95 %. */
export function percentBetween({ value, low, high }: Share): string {
  const bare = (share: number): string => digits(Math.round(share * 1000) / 10);
  return `${percent(value)} (95 % interval ${bare(low)}–${percent(high)})`;
}

/** The beginning of a statement, on one line. */
export function statementStart(text: string, length = 70): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
