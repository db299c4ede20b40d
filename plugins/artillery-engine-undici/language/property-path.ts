// Paths like `user.roles[0]['name']`, as lodash 4 reads them: Artillery looks variables up with `_.get` and stores captures
// with `_.set`.

/** Has a dot or a bracket that lodash takes for a step of a path; anything else is one key. */
const IS_PATH = /\.|\[(?:[^[\]]*|(["'])(?:(?!\1)[^\\]|\\.)*?\1)\]/;
/** One step: a run of other characters, `[12]`, `["quoted"]`, or the empty name between two dots (lodash's grammar, MIT). */
const STEP = /[^.[\]]+|\[(?:(-?\d+(?:\.\d+)?)|(["'])((?:(?!\2)[^\\]|\\.)*?)\2)\]|(?=(?:\.|\[\])(?:\.|\[\]|$))/g;
const ARRAY_INDEX = /^(?:0|[1-9]\d*)$/;
/** Writing through these would change every object of the process. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

type Properties = Record<string, unknown>;

/** The keys along a path: `a.b[0]['c']` is a, b, 0, c. */
export function parsePath(path: string): readonly string[] {
  const keys = path.startsWith('.') ? [''] : [];
  for (const [step, index, quote, quoted] of path.matchAll(STEP)) {
    if (quote === undefined) keys.push(index ?? step);
    else keys.push((quoted ?? '').replace(/\\(\\)?/g, '$1'));
  }
  return keys;
}

function follow(object: unknown, keys: readonly string[]): unknown {
  let value = object;
  for (const key of keys) {
    if (value === undefined || value === null) return undefined;
    value = (value as Properties)[key];
  }
  return keys.length === 0 ? undefined : value;
}

/**
 * A reader of one path, the same as `_.get(object, path)`: undefined where the path leads nowhere. An object that has the
 * whole path as a single key is read by that key.
 */
export function compilePath(path: string): (object: Properties) => unknown {
  if (!IS_PATH.test(path)) return (object) => object[path];
  const keys = parsePath(path);
  return (object) => (path in object ? object[path] : follow(object, keys));
}

function isObject(value: unknown): value is Properties {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/**
 * The same as `_.set(object, path, value)`: objects and lists that are missing on the way are made, whatever else stands in
 * the way is replaced, and a path through `__proto__`, `constructor` or `prototype` ends there without effect.
 */
export function writePath(object: Properties, path: string, value: unknown): void {
  const keys = IS_PATH.test(path) && !(path in object) ? parsePath(path) : [path];
  let nested = object;
  for (const [depth, key] of keys.entries()) {
    if (FORBIDDEN.has(key)) return;
    const next = keys[depth + 1];
    if (next === undefined) {
      nested[key] = value;
      return;
    }
    const existing = nested[key];
    const child = isObject(existing) ? existing : ARRAY_INDEX.test(next) ? ([] as unknown as Properties) : {};
    nested[key] = child;
    nested = child;
  }
}
