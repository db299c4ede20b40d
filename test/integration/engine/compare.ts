import type { EngineCase } from './engine-case.ts';
import type { Observation } from './observation.ts';

/** One place where two observations are not equal. */
export interface Difference {
  /** `requests.0.headers.accept` */
  readonly at: string;
  /** JSON, or `nothing`. */
  readonly left: string;
  readonly right: string;
}

/** Compares two observations of one case, place by place. */
export function compare(left: Observation, right: Observation, isUnordered = false): Difference[] {
  const [a, b] = [left, right].map((observation) => places(isUnordered ? sorted(observation) : observation));
  const names = new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])]);
  return [...names]
    .map((at) => ({ at, left: a?.get(at) ?? 'nothing', right: b?.get(at) ?? 'nothing' }))
    .filter(({ left: one, right: other }) => one !== other);
}

/** Divides differences into those that the case declares and those that it does not; names declared ones that are gone. */
export function judge(
  differences: readonly Difference[],
  { differs = [] }: EngineCase,
): { readonly unexpected: readonly Difference[]; readonly gone: readonly string[] } {
  return {
    unexpected: differences.filter(({ at }) => !differs.some((known) => known.at.test(at))),
    gone: differs.filter((known) => !differences.some(({ at }) => known.at.test(at))).map(({ at }) => String(at)),
  };
}

/** Differences as lines to read. */
export function report(differences: readonly Difference[], leftName: string, rightName: string): string[] {
  return differences.map(({ at, left, right }) => `${at}\n    ${leftName}: ${left}\n    ${rightName}: ${right}`);
}

function sorted(observation: Observation): Observation {
  const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  // At which moment a hook of one branch sees the variables of another is left to chance as well.
  const hooks = observation.hooks.map(({ vars: _vars, ...call }) => ({ ...call, vars: {} }));
  return {
    ...observation,
    requests: [...observation.requests].sort(byText),
    hooks: hooks.sort(byText),
    lines: [...observation.lines].sort(),
  };
}

function places(value: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (item: unknown, at: string): void => {
    if (typeof item !== 'object' || item === null || Object.keys(item).length === 0) {
      found.set(at, JSON.stringify(item));
      return;
    }
    for (const [key, inner] of Object.entries(item)) walk(inner, at === '' ? key : `${at}.${key}`);
  };
  walk(value, '');
  return found;
}
