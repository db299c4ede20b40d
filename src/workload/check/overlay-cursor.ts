import { isEntry } from '../plan/entry.ts';
import { mergeConfig } from '../plan/merge.ts';
import { type Cursor, isPresent, keysOf } from './cursor.ts';

/**
 * A configuration with an environment laid over it, as Artillery merges them; every value keeps the place where it was
 * written.
 */
export function overlayCursor(base: Cursor, overlay: Cursor): Cursor {
  if (!isPresent(overlay)) return base;
  if (!areMerged(base.value, overlay.value)) return overlay;
  const { value } = mergeConfig({ value: base.value }, { value: overlay.value });
  const below = (key: string | number): Cursor => overlayCursor(base.at(key), overlay.at(key));
  const merged: Cursor = {
    value,
    source: overlay.source,
    path: overlay.path,
    get span() {
      return overlay.span;
    },
    get keySpan() {
      return overlay.keySpan;
    },
    at: (...path) => {
      const [first, ...rest] = path;
      return first === undefined ? merged : below(first).at(...rest);
    },
    keys: () => keysOf(value),
    items: () => (Array.isArray(value) ? value.map((_, index) => below(index)) : []),
  };
  return merged;
}

/** Maps are merged key by key and lists item by item; anything else is replaced. */
function areMerged(base: unknown, overlay: unknown): boolean {
  return (isEntry(base) && isEntry(overlay)) || (Array.isArray(base) && Array.isArray(overlay));
}
