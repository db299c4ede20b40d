/** Variables that Artillery gives every user and that do not depend on the engine. */
const GIVEN = new Set([
  'target',
  '$env',
  '$processEnvironment',
  '$environment',
  '$testId',
  '$scenarioFile',
  '$dirname',
  '$uuid',
]);

/** Turns any value into JSON that keeps apart what JSON does not: undefined, functions, class instances, buffers, NaN. */
export function plain(value: unknown, depth = 8): unknown {
  if (value === undefined) return '<undefined>';
  if (typeof value === 'number' && !Number.isFinite(value)) return `<${value}>`;
  if (typeof value === 'function') return '<function>';
  if (typeof value === 'bigint' || typeof value === 'symbol') return `<${String(value)}>`;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value);
  if (Buffer.isBuffer(value)) return `<Buffer ${value.toString('base64')}>`;
  if (depth === 0) return '<deep>';
  if (Array.isArray(value)) return value.map((item) => plain(item, depth - 1));
  if (!isPlainObject(value)) return `<${value.constructor.name}>`;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, depth - 1)]));
}

/** The variables of a user without those that Artillery gives. */
export function plainVars(vars: Readonly<Record<string, unknown>>): unknown {
  return plain(Object.fromEntries(Object.entries(vars).filter(([name]) => !GIVEN.has(name))));
}

/** What a report and a hook see of an error. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `<not an Error: ${JSON.stringify(error)}>`;
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.message : `${code}: ${error.message}`;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects made in another realm or by querystring have another prototype, or none.
  return prototype === null || (prototype as object).constructor?.name === 'Object';
}
