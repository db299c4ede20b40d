import { type Entry, isEntry } from './entry.ts';

/**
 * Lays an environment over a configuration as Artillery does (lodash `merge`): maps are merged key by key, and lists item
 * by item, so that a shorter list leaves the rest of the longer one in place. Neither argument is changed.
 *
 * @example mergeConfig({ phases: [{ duration: 60 }, { duration: 30 }] }, { phases: [{ duration: 5 }] })
 *   // { phases: [{ duration: 5 }, { duration: 30 }] }
 */
export function mergeConfig(base: Entry, overlay: Entry): Entry {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(overlay)) merged[key] = mergeValue(merged[key], value);
  return merged;
}

function mergeValue(base: unknown, overlay: unknown): unknown {
  if (Array.isArray(overlay)) return mergeList(Array.isArray(base) ? base : [], overlay);
  if (isEntry(overlay)) return mergeConfig(isEntry(base) ? base : {}, overlay);
  return overlay === undefined ? base : overlay;
}

function mergeList(base: readonly unknown[], overlay: readonly unknown[]): unknown[] {
  const rest = base.slice(overlay.length);
  return [...overlay.map((value, index) => mergeValue(base[index], value)), ...rest];
}
