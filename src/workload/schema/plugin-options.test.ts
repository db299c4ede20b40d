import { expect, test } from '@jest/globals';
import { parseOptions as parsePlatformOptions } from '../../../plugins/artillery-plugin-reference-platform/options.ts';
import { parseOptions as parseVerdictOptions } from '../../../plugins/artillery-plugin-verdict/options.ts';
import { plugins } from './plugin-options.ts';

// The plugins read their options themselves. What they accept, the check and the editor must accept, and nothing else.

/** What Artillery reads in the options of any plugin. */
const COMMON = ['suppressOutput', 'scope'];

function keysOf(plugin: 'verdict' | 'reference-platform'): string[] {
  const { shape } = plugins.shape[plugin].unwrap();
  return Object.keys(shape).filter((key) => !COMMON.includes(key));
}

test('the options of the verdict plugin are those that it reads', () => {
  const read = () => parseVerdictOptions({ noSuchOption: 1 }, undefined);
  expect(read).toThrow(expect.objectContaining({ hint: `Allowed are ${keysOf('verdict').join(', ')}.` }));
});

test('the options of the reference-platform plugin are those that it reads', () => {
  const faults = parsePlatformOptions({ noSuchOption: 1 }, () => undefined);
  expect(faults).toEqual([
    expect.objectContaining({ hint: `Allowed are ${keysOf('reference-platform').join(', ')}.` }),
  ]);
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
