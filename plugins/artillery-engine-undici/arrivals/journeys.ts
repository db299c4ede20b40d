import { type Entry, isEntry } from 'proving-ground/workload/plan/entry.ts';
import { resolveTemplates } from 'proving-ground/workload/plan/template.ts';
import type { WeightedJourney } from 'proving-ground/workload/schedule/index.ts';

/**
 * Reads the weights of the journeys as Artillery does (whole numbers; nonsense counts as 0) and takes them out of the script:
 * without one each journey has weight 1, so that all of them stand in Artillery's list to choose from. A weight with a
 * template would moreover use up a row of every CSV file.
 */
export function takeWeights(scenarios: unknown, config: Entry, env: NodeJS.ProcessEnv): WeightedJourney[] {
  const list: unknown[] = Array.isArray(scenarios) ? scenarios : [];
  const variables = variablesOf(config, env);
  return list.map((scenario, index) => {
    if (!isEntry(scenario)) return { name: `Journey ${index + 1}`, weight: 1 };
    const { name, weight } = scenario;
    Reflect.deleteProperty(scenario, 'weight');
    return {
      name: typeof name === 'string' && name !== '' ? name : `Journey ${index + 1}`,
      weight: weight === undefined ? 1 : wholeNumber(resolveTemplates(weight, variables)),
    };
  });
}

function wholeNumber(value: unknown): number {
  return Math.max(0, Number.parseInt(String(value), 10) || 0);
}

/** What the template of a weight can name. Where Artillery would draw, the first value counts. */
function variablesOf({ payload, variables }: Entry, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const tables: unknown[] = Array.isArray(payload) ? payload : [];
  const rows = tables.filter(isEntry).flatMap(({ fields, data }) => {
    const [names, first]: unknown[] = [fields, Array.isArray(data) ? data[0] : undefined];
    return Array.isArray(names) && Array.isArray(first) ? names.map((name, column) => [name, first[column]]) : [];
  });
  const inline = Object.entries(isEntry(variables) ? variables : {});
  const firsts = inline.map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return { ...Object.fromEntries([...rows, ...firsts]), $processEnvironment: env };
}
