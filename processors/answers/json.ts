/** A JSON object whose fields have not been looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON object in a text; undefined when the text is no JSON, or another JSON value. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The value as an object; undefined for lists, null and plain values. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** A field that is a list, with what is no object in it left out; undefined when it is no list. */
export function objectsIn(object: JsonObject | undefined, field: string): readonly JsonObject[] | undefined {
  const value = object?.[field];
  return Array.isArray(value) ? value.map(asObject).filter((entry) => entry !== undefined) : undefined;
}

/** A field that is text and not empty. */
export function textIn(object: JsonObject | undefined, field: string): string | undefined {
  const value = object?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A field that is a finite number. */
export function numberIn(object: JsonObject | undefined, field: string): number | undefined {
  const value = object?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A field that identifies something: text, or a number as text. */
export function idIn(object: JsonObject | undefined, field = 'id'): string | undefined {
  return textIn(object, field) ?? numberIn(object, field)?.toString();
}
