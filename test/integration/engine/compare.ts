import type { HookCall, Observation } from './observation.ts';

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

/** Differences as lines to read. */
export function report(differences: readonly Difference[], leftName: string, rightName: string): string[] {
  return differences.map(({ at, left, right }) => `${at}\n    ${leftName}: ${left}\n    ${rightName}: ${right}`);
}

function sorted(observation: Observation): Observation {
  const byText = (a: unknown, b: unknown): number => (inOrder(a) < inOrder(b) ? -1 : 1);
  // At which moment a hook of one branch sees the variables of another is left to chance as well.
  const hooks = observation.hooks.map(({ vars: _vars, ...call }) => ({ ...call, vars: {} }));
  return {
    ...observation,
    requests: [...observation.requests].sort(byText),
    hooks: hooks.sort((a, b) => byText(comparable(a), comparable(b))),
    lines: [...observation.lines].sort(),
  };
}

/** A call of a hook without what the engines show differently on purpose, which must not decide on the order. */
function comparable(call: HookCall): unknown {
  const { url, method, name, json, qs, headers } = (call.request ?? {}) as Record<string, unknown>;
  const { 'accept-encoding': _encodings, 'user-agent': _agent, ...others } = (headers ?? {}) as Record<string, unknown>;
  const { statusCode, body } = (call.response ?? {}) as Record<string, unknown>;
  return [call.hook, url, method, name, json, qs, others, statusCode, body, call.error];
}

/** JSON with sorted keys: the engines do not send headers in the same order. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function places(value: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (item: unknown, at: string): void => {
    if (typeof item !== 'object' || item === null || Object.keys(item).length === 0) {
      // Whether there were hooks at all is said by the hooks; inside a value, an empty list is not the same as none.
      if (at.includes('.')) found.set(at, JSON.stringify(item));
      return;
    }
    for (const [key, inner] of Object.entries(item)) walk(inner, at === '' ? key : `${at}.${key}`);
  };
  walk(value, '');
  return found;
}
