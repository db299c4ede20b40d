import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Options, PLATFORM_SETTINGS, parseOptions } from './options.ts';

function optionsOf(value: unknown): Options {
  const options = parseOptions(value, () => undefined);
  if ('address' in options) return options;
  throw new Error(options.map(({ message }) => message).join('\n'));
}

function faultsOf(value: unknown): string[] {
  const faults = parseOptions(value, (path) => ({ file: 'peak.yml', line: path.length, column: 1 }));
  return 'address' in faults ? [] : faults.map(({ message, hint }) => `${message}. ${hint}`);
}

test.each([undefined, null, {}])('%j means the defaults', (value) => {
  expect(optionsOf(value)).toEqual({
    address: { origin: 'http://127.0.0.1:4600', host: '127.0.0.1', port: 4600 },
    startTimeoutSeconds: 120,
    env: {},
  });
});

test('settings of the platform become texts', () => {
  const env = { DOCUMENTS: 2000, LOG_LEVEL: 'info', CACHE_SECONDS: 0 };
  expect(optionsOf({ env }).env).toEqual({ DOCUMENTS: '2000', LOG_LEVEL: 'info', CACHE_SECONDS: '0' });
});

test('every setting that docs/platform.md lists may be given, except the two that follow from the address', () => {
  const page = readFileSync(new URL('../../docs/platform.md', import.meta.url), 'utf8');
  const table = page.slice(page.indexOf('## Settings'), page.indexOf('## Data'));
  const rows = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names]) => names?.match(/[A-Z_]+/g) ?? []);
  expect(rows.filter((name) => name !== 'HOST' && name !== 'PORT').sort()).toEqual([...PLATFORM_SETTINGS].sort());
});

test('every fault is named with its place, what was found and what is allowed', () => {
  expect(faultsOf({ adress: 'x', startTimeoutSeconds: 'soon', env: { DOCUMENT: 1 } })).toEqual([
    'peak.yml:4:1 config.plugins.reference-platform.startTimeoutSeconds is "soon". ' +
      'Allowed is a whole number of seconds from 1 to 3600.',
    `peak.yml:5:1 config.plugins.reference-platform.env.DOCUMENT is not known. Allowed are ${PLATFORM_SETTINGS.join(', ')}.`,
    'peak.yml:4:1 config.plugins.reference-platform.adress is not known. Allowed are address, startTimeoutSeconds, env.',
  ]);
});

test.each([1, 3600])('a start may be given %d seconds', (seconds) => {
  expect(optionsOf({ startTimeoutSeconds: seconds }).startTimeoutSeconds).toBe(seconds);
});

test.each([
  [{ startTimeoutSeconds: 0 }, 'startTimeoutSeconds is 0'],
  [{ startTimeoutSeconds: 3601 }, 'startTimeoutSeconds is 3601'],
  [{ startTimeoutSeconds: 1.5 }, 'startTimeoutSeconds is 1.5'],
  [{ address: 'https://example.org' }, 'address is "https://example.org"'],
  [{ address: 4600 }, 'address is 4600'],
  [{ env: ['DOCUMENTS=1'] }, 'env is a list'],
  [{ env: { DOCUMENTS: null } }, 'env.DOCUMENTS is empty'],
  [{ env: { DOCUMENTS: [2000] } }, 'env.DOCUMENTS is a list'],
  [{ env: { HOST: '0.0.0.0' } }, 'env.HOST is not known'],
  [true, 'config.plugins.reference-platform is true'],
  [[], 'config.plugins.reference-platform is a list'],
])('%j is refused: %s', (value, fragment) => {
  expect(faultsOf(value)).toEqual([expect.stringContaining(fragment)]);
});
