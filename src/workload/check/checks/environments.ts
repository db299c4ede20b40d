import { isDeepStrictEqual } from 'node:util';
import { mergeConfig } from '../../plan/merge.ts';
import { didYouMean } from '../../schema/closest.ts';
import { type Cursor, isPresent } from '../cursor.ts';
import { atKey, type Finding } from '../finding.ts';
import type { TestModel } from '../test-model.ts';

/** Whether the environment exists, and whether the lists of environments become what they say. */
export function checkEnvironments(test: TestModel): Finding[] {
  const config = test.root.at('config');
  const { environment } = test.options;
  const environments = config.at('environments');
  if (environment !== undefined && isPresent(config) && !isPresent(environments.at(environment))) {
    return [unknownEnvironment(environment, config)];
  }
  const names = environment === undefined ? environments.keys() : [environment];
  return names.flatMap((name) => mixedLists(config, environments.at(name), name));
}

function unknownEnvironment(environment: string, config: Cursor): Finding {
  const environments = config.at('environments');
  const names = environments.keys();
  const suggestion = didYouMean(environment, names);
  return atKey('unknown-environment', isPresent(environments) ? environments : config, {
    message: `there is no environment ${JSON.stringify(environment)}`,
    found: environment,
    allowed: names.length === 0 ? ['no environment: the test defines none'] : names,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

/** Lists below an environment that Artillery mixes with those of the test, although they were written to replace them. */
function mixedLists(base: Cursor, overlay: Cursor, environment: string): Finding[] {
  return overlay.keys().flatMap((key) => {
    const [own, other] = [overlay.at(key), base.at(key)];
    if (!Array.isArray(own.value)) return mixedLists(other, own, environment);
    return Array.isArray(other.value) ? mixedList(key, other, own, environment) : [];
  });
}

function mixedList(key: string, base: Cursor, own: Cursor, environment: string): Finding[] {
  const merged = mergeConfig({ list: base.value }, { list: own.value }).list;
  if (isDeepStrictEqual(merged, own.value) || !own.items().every((item) => isWhole(key, item))) return [];
  const left = leftovers(key, base, own);
  if (left.length === 0) return [];
  return [
    atKey('environment-merges-lists', own, {
      message: `environment "${environment}": Artillery merges ${key} with those of the test item by item; ${left.join(', ')} of the test ${left.length === 1 ? 'stays' : 'stay'}`,
      hint: `Write as many ${key} as the test itself has (${base.items().length}) with the same keys, or move those of the test into an environment of their own.`,
    }),
  ];
}

/** An item that says everything it needs was written to stand alone; one that does not relies on being merged. */
function isWhole(key: string, item: Cursor): boolean {
  const has = (name: string): boolean => isPresent(item.at(name));
  switch (key) {
    case 'phases':
      return has('pause') || (has('duration') && (has('arrivalRate') || has('rampTo') || has('arrivalCount')));
    case 'payload':
      return has('path') && (has('fields') || has('loadAll'));
    case 'conditions':
      return has('expression');
    default:
      return true;
  }
}

function leftovers(key: string, base: Cursor, own: Cursor): string[] {
  const items = own.items();
  const whole = base
    .items()
    .slice(items.length)
    .map((item, index) => labelOf(key, item, items.length + index));
  // Settings of a CSV file, such as skipHeader, may well be meant to stay.
  if (key === 'payload') return whole;
  const parts = items.flatMap((item, index) => {
    const other = base.at(index);
    const kept = other.keys().filter((name) => name !== 'name' && !isPresent(item.at(name)));
    return kept.map((name) => `${name} of ${labelOf(key, other, index)}`);
  });
  return [...parts, ...whole];
}

function labelOf(key: string, item: Cursor, index: number): string {
  const name = item.at('name').value;
  if (typeof name === 'string') return `"${name}"`;
  return typeof item.value === 'string' || typeof item.value === 'number'
    ? JSON.stringify(item.value)
    : `item ${index + 1}${key === 'thresholds' ? ` (${item.keys().join(', ')})` : ''}`;
}
