import { JSONPath } from 'jsonpath-plus';

/** Names, indices and quoted names from the root, such as `$.items[0]['id']`: no wildcard, no filter, no descent. */
const PLAIN_PATH = /^\$(?:\.[\w-]+|\[\d+\]|\['[\w-]+'\]|\["[\w-]+"\])*$/;
const PLAIN_STEP = /[\w-]+/g;

/** Reads one value of a JSON document; the empty text where there is nothing to read. */
export type JsonPathReader = (document: unknown, random: () => number) => unknown;

/** `jsonpath-plus` follows own properties only, those of texts included: `$.name.length` is a number. */
function follow(document: unknown, keys: readonly string[]): { readonly value: unknown } | undefined {
  let value = document;
  for (const key of keys) {
    if (!value || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return { value };
}

/** @returns undefined for a path that is faulty */
function query(document: object, path: string, wrap: boolean): unknown {
  try {
    return JSONPath({ path, json: document, wrap });
  } catch {
    return undefined;
  }
}

function compilePlain(path: string, asList: boolean): JsonPathReader {
  const keys = path.slice(1).match(PLAIN_STEP) ?? [];
  return (document) => {
    const found = follow(document, keys);
    return asList ? found?.value : found?.value || '';
  };
}

function compileQuery(path: string, asList: boolean): JsonPathReader {
  return (document, random) => {
    const results = query(document as object, path, asList);
    if (!results) return '';
    if (!asList || !Array.isArray(results)) return results;
    return results.length > 1 ? results[Math.floor(random() * results.length)] : results[0];
  };
}

/**
 * Compiles a JSONPath. Of several results one is drawn; with `multiple: false` all of them are one list, a single result is
 * itself, and then 0, false, null and the empty text cannot be told from nothing (as in Artillery).
 *
 * @param random uniform in [0, 1)
 * @example compileJsonPath('$.items[0].id', undefined)({ items: [{ id: 7 }] }, Math.random) // 7
 */
export function compileJsonPath(path: string, multiple: unknown): JsonPathReader {
  const asList = multiple !== false;
  const read = PLAIN_PATH.test(path) ? compilePlain(path, asList) : compileQuery(path, asList);
  return (document, random) => (typeof document === 'object' && document !== null ? read(document, random) : '');
}
