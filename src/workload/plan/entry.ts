/** A map of a YAML file. */
export type Entry = Readonly<Record<string, unknown>>;

/** Whether a value of a YAML file is a map. */
export function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
