import type { EngineCase } from './engine-case.ts';

/** How many smaller tests are tried before the search ends. */
const MOST_TRIALS = 150;
const NEEDED = new Set(['url', 'loop', 'count', 'over', 'parallel']);

/**
 * Makes a failing test smaller: takes parts away as long as it goes on failing.
 *
 * @param isFailing runs a test; true when it still shows the fault.
 */
export async function shrink(
  failing: EngineCase,
  isFailing: (candidate: EngineCase) => Promise<boolean>,
): Promise<EngineCase> {
  let smallest = failing;
  let trials = 0;
  for (let isProgress = true; isProgress; ) {
    isProgress = false;
    for (const candidate of smaller(smallest)) {
      if (++trials > MOST_TRIALS) return smallest;
      if (await isFailing(candidate)) {
        smallest = candidate;
        isProgress = true;
        break;
      }
    }
  }
  return smallest;
}

/** The test with one part less: a user, a step, an option, a setting. */
function* smaller(test: EngineCase): Generator<EngineCase> {
  const { users = [], flow, scenario = {}, config = {} } = test;
  if (users.length > 1) for (const less of withoutOne(users)) yield { ...test, users: less };
  for (const less of lessOf(flow)) yield { ...test, flow: less as EngineCase['flow'] };
  if (Object.keys(scenario).length > 0) yield { ...test, scenario: {} };
  for (const less of lessOf(scenario)) yield { ...test, scenario: less as NonNullable<EngineCase['scenario']> };
  if (Object.keys(config).length > 0) yield { ...test, config: {} };
  for (const less of lessOf(config)) yield { ...test, config: less as NonNullable<EngineCase['config']> };
}

/** A value with one item or key less, at any depth, the outermost first. */
function* lessOf(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    yield* withoutOne(value);
    for (const [index, item] of value.entries()) for (const less of lessOf(item)) yield value.with(index, less);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    // Without these a test would be wrong in another way, or never end.
    const optional = entries.filter(([key]) => !NEEDED.has(key));
    if (entries.length > 1) for (const [key] of optional) yield without(entries, key);
    for (const [key, item] of entries) for (const less of lessOf(item)) yield { ...value, [key]: less };
  }
}

function* withoutOne<T>(items: readonly T[]): Generator<T[]> {
  for (const index of items.keys()) yield items.toSpliced(index, 1);
}

function without(entries: readonly [string, unknown][], key: string): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([other]) => other !== key));
}
