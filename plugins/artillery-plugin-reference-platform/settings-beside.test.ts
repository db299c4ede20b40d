import { parseSettings } from 'reference-platform/src/settings.ts';
import { expect, test } from 'vitest';
import { settingsBeside } from './settings-beside.ts';

const RUNNING = parseSettings({ CACHE_SECONDS: '10', WORK_FACTOR: 'Search=1.1', FAULT: 'n-plus-one:2' }).published;

test('names what differs, with both values', () => {
  expect(settingsBeside({ CACHE_SECONDS: '0', POOL_SIZE: '10' }, RUNNING)).toEqual({
    differences: [{ name: 'CACHE_SECONDS', has: '10', wants: '0' }],
    unknown: [],
  });
});

test.each([
  ['the same number', { CACHE_SECONDS: '10', ACCESS_TOKEN_SECONDS: '900' }],
  ['an empty text, which is the default', { CACHE_SECONDS: '' }],
  ['the same switch in other words', { WORK_FACTOR: 'Search=1.10', FAULT: 'n-plus-one' }],
  ['how it logs, and where its data lies', { LOG_LEVEL: 'debug', PLATFORM_DATA: '/elsewhere' }],
  ['nothing', {}],
])('%s is no difference', (_, wanted) => {
  expect(settingsBeside(wanted, RUNNING)).toEqual({ differences: [], unknown: [] });
});

test('a switch that is off is one as well', () => {
  const { published } = parseSettings({});
  expect(settingsBeside({ FAULT: 'n-plus-one:1' }, published)).toMatchObject({
    differences: [{ name: 'FAULT', has: '', wants: 'n-plus-one:1' }],
  });
});

test('of addresses and keys, and of a platform that tells nothing, it is not known', () => {
  const wanted = { JWT_SECRET: 'secret', POOL_SIZE: '3' };
  expect(settingsBeside(wanted, RUNNING)).toMatchObject({ unknown: ['JWT_SECRET'] });
  expect(settingsBeside(wanted, undefined)).toEqual({ differences: [], unknown: ['JWT_SECRET', 'POOL_SIZE'] });
});

test('says what no platform can have', () => {
  expect(settingsBeside({ POOL_SIZE: 'many', FAULT: 'earthquake' }, RUNNING)).toMatch(
    /^POOL_SIZE is "many"; allowed is a whole number from 1 to 100; FAULT is about "earthquake"/,
  );
});
