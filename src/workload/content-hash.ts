import { createHash } from 'node:crypto';

/** JSON with its keys in order, so that equal values are equal texts. Functions and undefined are left out, as JSON does. */
export function canonicalText(value: unknown): string {
  const text = JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
  return text ?? 'null';
}

/**
 * Twelve hexadecimal digits that are the same for equal plain data, whatever the order of keys.
 *
 * @example contentHash({ a: 1, b: 2 }) === contentHash({ b: 2, a: 1 }) // true
 */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex').slice(0, 12);
}
