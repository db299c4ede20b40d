/** What was read, or why it could not be. */
export type Reading<Value> = { readonly value: Value } | { readonly error: unknown };

/** Runs something that may throw. */
export function attempt<Value>(read: () => Value): Reading<Value> {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}

/** The value. @throws the error that stands in its place */
export function valueIn<Value>(reading: Reading<Value>): Value {
  if ('error' in reading) throw reading.error;
  return reading.value;
}
