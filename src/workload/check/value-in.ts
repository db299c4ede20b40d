import { isEntry } from '../plan/entry.ts';

/** The value below a path of keys and indices; undefined where there is none. Inherited properties are none. */
export function valueIn(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner[Number(step)];
    return isEntry(inner) && Object.hasOwn(inner, step) ? inner[String(step)] : undefined;
  }, value);
}
