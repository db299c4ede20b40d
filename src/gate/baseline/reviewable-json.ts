/** No line is longer, where the content allows it. */
const MOST_COLUMNS = 120;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * JSON that is read in reviews: what fits on a line stands on one, so that a figure that changed is one line of a diff. Lists of
 * objects have one line or more for each.
 *
 * @example reviewableJson({ a: [1, 2] }) // '{\n  "a": [1, 2]\n}\n'
 */
export function reviewableJson(value: Json): string {
  return `${broken(value, '')}\n`;
}

function shown(value: Json, indent: string, used: number): string {
  const line = onOneLine(value);
  const fits = used + line.length + 1 <= MOST_COLUMNS;
  return fits && !isListOfObjects(value) ? line : broken(value, indent);
}

function broken(value: Json, indent: string): string {
  const inside = `${indent}  `;
  if (isList(value)) {
    const items = value.map((each) => `${inside}${shown(each, inside, inside.length)}`);
    return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const items = entriesOf(value).map(([key, each]) => {
    const start = `${inside}${JSON.stringify(key)}: `;
    return `${start}${shown(each, inside, start.length)}`;
  });
  return items.length === 0 ? '{}' : `{\n${items.join(',\n')}\n${indent}}`;
}

function onOneLine(value: Json): string {
  if (isList(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const items = entriesOf(value).map(([key, each]) => `${JSON.stringify(key)}: ${onOneLine(each)}`);
  return items.length === 0 ? '{}' : `{ ${items.join(', ')} }`;
}

function entriesOf(value: { readonly [key: string]: Json | undefined }): [string, Json][] {
  return Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isListOfObjects(value: Json): boolean {
  return isList(value) && value.some((each) => typeof each === 'object' && each !== null);
}
