import type { GateRow } from './gate-result.ts';

/** A change with its sign: `+12.3 %`, of an error rate `+0.8 percentage points`. */
export function changeWords(row: GateRow): string {
  return `${signed(row.change)}${unitOf(row)}`;
}

/** The interval of a change: `95 % interval +8.1 to +16.0 %`; an end that is not known is said to be so. */
export function intervalWords(row: GateRow): string {
  const { low, high } = row.interval;
  if (low === undefined && high === undefined) return '95 % interval unknown';
  return `95 % interval ${endWords(low)} to ${endWords(high)}${unitOf(row)}`;
}

/** A margin: `10 %`, of an error rate `0.5 percentage points`. */
export function marginWords(row: GateRow): string {
  return `${rounded(row.margin)}${unitOf(row)}`;
}

function endWords(end: number | undefined): string {
  return end === undefined ? 'unknown' : signed(end);
}

function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${rounded(Math.abs(share))}`;
}

function rounded(share: number): string {
  const percent = share * 100;
  return percent.toFixed(percent !== 0 && percent < 1 ? 2 : 1).replace(/\.0$/, '');
}

function unitOf({ metric }: GateRow): string {
  return metric === 'error rate' ? ' percentage points' : ' %';
}
