import { expect, test } from 'vitest';
import { type Address, isTargetOf, parseAddress } from './address.ts';

const DEFAULT: Address = { origin: 'http://127.0.0.1:4600', host: '127.0.0.1', port: 4600 };

test.each([
  ['http://127.0.0.1:4600', DEFAULT],
  ['http://localhost:4600/', DEFAULT],
  ['http://[::1]:4600', { origin: 'http://[::1]:4600', host: '::1', port: 4600 }],
  ['http://127.0.0.1', { origin: 'http://127.0.0.1:80', host: '127.0.0.1', port: 80 }],
])('%s is an address of the platform', (text, expected) => {
  expect(parseAddress(text)).toEqual(expected);
});

test.each([
  'https://127.0.0.1:4600',
  'http://127.0.0.1:0',
  'http://127.0.0.1:65536',
  'http://127.0.0.1:4600/api',
  'http://127.0.0.1:4600?a=b',
  'http://user@127.0.0.1:4600',
  'http://192.168.0.1:4600',
  'http://0.0.0.0:4600',
  'http://127.0.0.1.example.org:4600',
  '127.0.0.1:4600',
  '',
])('%j is not an address of the platform', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test.each(['http://127.0.0.1:4600', 'http://localhost:4600', 'http://LOCALHOST:4600/', 'http://127.0.0.1:4600/api'])(
  'a test with the target %s loads the platform',
  (target) => {
    expect(isTargetOf(target, DEFAULT)).toBe(true);
  },
);

test.each([
  'http://127.0.0.1:4601',
  'https://127.0.0.1:4600',
  'http://example.org:4600',
  'http://127.0.0.2:4600',
  'http://[::1]:4600',
  'http://127.0.0.1',
  'not a url',
  '',
  undefined,
])('a test with the target %j does not load the platform', (target) => {
  expect(isTargetOf(target, DEFAULT)).toBe(false);
});
