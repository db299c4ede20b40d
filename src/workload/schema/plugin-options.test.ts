import { expect, test } from 'vitest';
import { parseOptions as parsePlatformOptions } from '../../../plugins/artillery-plugin-reference-platform/options.ts';
import { parseOptions as parseVerdictOptions } from '../../../plugins/artillery-plugin-verdict/options.ts';
import { UserFault } from '../../errors.ts';
import { plugins } from './plugin-options.ts';

// The plugins read their options themselves. What they accept, the check and the editor must accept, and nothing else.

/** What Artillery reads in the options of any plugin. */
const COMMON = ['suppressOutput', 'scope'];

function described(plugin: 'verdict' | 'reference-platform'): string[] {
  return ownOptions(Object.keys(plugins.shape[plugin].unwrap().shape));
}

function ownOptions(names: readonly string[]): string[] {
  return names.filter((name) => !COMMON.includes(name)).toSorted();
}

/** The options that a fault lists as allowed. */
function listed(fault: unknown): string[] {
  const list = fault instanceof UserFault ? fault.hint?.match(/^Allowed are (.*)\.$/)?.[1] : undefined;
  return ownOptions(list?.split(', ') ?? []);
}

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (thrown) {
    return thrown;
  }
}

test('the options of the verdict plugin are those that it reads', () => {
  expect(listed(thrownBy(() => parseVerdictOptions({ noSuchOption: 1 }, undefined)))).toEqual(described('verdict'));
});

test('the options of the reference-platform plugin are those that it reads', () => {
  const faults = parsePlatformOptions({ noSuchOption: 1 }, () => undefined);
  expect(listed(Array.isArray(faults) ? faults[0] : undefined)).toEqual(described('reference-platform'));
});

test.each([
  'http://127.0.0.1:4600',
  'http://localhost:4600/',
  'http://[::1]:1',
  'http://127.0.0.2',
  'http://192.168.0.1:1',
  'https://localhost:1',
  '127.0.0.1:4600',
])('the address %s is judged as the plugin judges it', (address) => {
  const accepted = plugins.safeParse({ 'reference-platform': { address } }).success;
  expect(accepted).toBe(!Array.isArray(parsePlatformOptions({ address }, () => undefined)));
});
