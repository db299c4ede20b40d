import { METHODS } from '../schema/index.ts';

/**
 * What a test calls its requests, each name once.
 *
 * @param scenarios of the test, journeys in place of their `include`.
 * @returns undefined: a request may be called anything, since a name holds a variable or one has none.
 */
export function requestNames(scenarios: unknown): readonly string[] | undefined {
  const names = [...new Set(namesIn(scenarios))];
  return names.some((name) => name === undefined || name.includes('{{')) ? undefined : names.map(String);
}

function namesIn(step: unknown): (string | undefined)[] {
  if (Array.isArray(step)) return step.flatMap(namesIn);
  if (typeof step !== 'object' || step === null) return [];
  return Object.entries(step).flatMap(([key, value]: [string, unknown]) => {
    const isRequest = METHODS.some((method) => method === key) && typeof value === 'object' && value !== null;
    if (!isRequest) return namesIn(value);
    const name: unknown = Reflect.get(value, 'name');
    return [typeof name === 'string' ? name : undefined];
  });
}
