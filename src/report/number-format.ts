const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SIGNIFICANT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A number for people: whole from 1,000 on, three significant digits below, whole numbers always whole. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 1000 ? WHOLE.format(value) : SIGNIFICANT.format(value);
}

/** A number with its unit; a rate without a space (`30/s`). */
export function formatQuantity(value: number, unit: string): string {
  if (unit === '') return formatNumber(value);
  return unit === '/s' ? `${formatNumber(value)}/s` : `${formatNumber(value)} ${unit}`;
}

/** `3 min 2 s`, `45 s`, `1 h 0 min`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
