import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { soundsSecret } from './secret-names.ts';
import { type SecretSources, secretValues } from './secret-values.ts';

function valuesOf(sources: Partial<SecretSources>): string[] {
  return secretValues({ file: 'test.yml', config: {}, flows: [], declared: [], env: {}, ...sources }).toSorted();
}

test.each([
  'password',
  'PASSWD',
  'userPass',
  'accessToken',
  'X-Api-Key',
  'cookie',
  'clientSecret',
  'sessionId',
  'webhookUrl',
])('%s sounds like a secret', (name) => {
  expect(soundsSecret(name)).toBe(true);
});

test.each(['passenger', 'passwordFile', 'tokenType', 'cookieCount', 'session', 'key', 'author', 'SSH_ASKPASS'])(
  '%s does not',
  (name) => {
    expect(soundsSecret(name)).toBe(false);
  },
);

test('variables are secret by their names or because they are declared, with all that they hold', () => {
  const variables = {
    pin: 'a',
    password: ['b', 'c'],
    session: { id: 1, more: ['d'] },
    name: 'no',
    login: { token: 'e' },
  };
  expect(valuesOf({ config: { variables }, declared: ['pin', 'session'] })).toEqual(['1', 'a', 'b', 'c', 'd', 'e']);
});

test('variables of the shell are too', () => {
  const env = { API_TOKEN: 'a', PIN: 'b', HOME: 'no', EMPTY_SECRET: undefined };
  expect(valuesOf({ env, declared: ['PIN'] })).toEqual(['a', 'b']);
});

test('texts under keys that sound like secrets are, in their parts, and templates are not', () => {
  const flows = [
    {
      flow: [
        { post: { url: 'https://u:p@h/x?token=a&page=2', json: { password: 'b', grant_type: 'no' } } },
        { get: { url: '/?token={{ t }}', headers: { authorization: 'Bearer c', cookie: 'd=e; f=g' } } },
        { get: { url: '/', cookie: { session: 'h' }, headers: { authorization: 'Bearer {{ t }}' } } },
      ],
    },
  ];
  expect(valuesOf({ flows })).toEqual(
    ['Bearer c', 'a', 'b', 'c', 'd=e; f=g', 'e', 'g', 'h', 'p', 'u:p', btoa('u:p')].toSorted(),
  );
});

test('columns of CSV files are, whether their rows were read already or not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secret-values-'));
  writeFileSync(join(folder, 'users.csv'), 'name,password,pin\nann,a,b\n');
  const file = join(folder, 'test.yml');
  const fields = ['name', 'password', 'pin'];
  const read = { path: 'none.csv', fields, data: [['ann', 'c', 4]] };
  const whole = { path: 'none.csv', name: 'people', loadAll: true, data: [{ name: 'ann', pin: 'd' }] };
  try {
    const payload = [{ path: 'users.csv', fields, skipHeader: true }, read, whole];
    expect(valuesOf({ file, config: { payload }, declared: ['pin'] })).toEqual(['4', 'a', 'b', 'c', 'd']);
    expect(valuesOf({ file, config: { payload: { path: 'none.csv', fields } } })).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
