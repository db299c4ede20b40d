import { expect, test } from '@jest/globals';
import { redactSecrets } from './redact.ts';

test('takes out every value whose name sounds like a secret, at any depth', () => {
  const secrets = {
    password: 'x',
    apiKey: 'x',
    'api-key': 'x',
    accessToken: 'x',
    Authorization: 'x',
    cookie: 'x',
    clientSecret: 1,
  };
  const redacted = JSON.stringify(redactSecrets({ list: [{ deep: secrets }] }));
  expect(redacted.match(/\[redacted\]/g)).toHaveLength(Object.keys(secrets).length);
});

test('takes user and password out of an address', () => {
  expect(redactSecrets('postgres://me:pw@db:5432/x and https://host/path')).toBe(
    'postgres://[redacted]@db:5432/x and https://host/path',
  );
});

test('leaves everything else as it is', () => {
  const plain = {
    target: 'http://127.0.0.1:4600',
    phases: [{ name: 'Pass', arrivalRate: 2 }],
    fields: ['username', 'password'],
    none: null,
  };
  expect(redactSecrets(plain)).toEqual(plain);
});
