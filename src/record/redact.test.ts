import { describe, expect, test } from 'vitest';
import { createRedactor, redactSecrets } from './redact.ts';

describe('by the name that a value stands under', () => {
  test('every value is taken out whose name sounds like a secret, at any depth', () => {
    const secrets = {
      password: 'x',
      apiKey: 'x',
      'api-key': 'x',
      accessToken: 'x',
      Authorization: 'x',
      cookie: 'x',
      clientSecret: 1,
      webhookUrl: 'x',
    };
    const redacted = JSON.stringify(redactSecrets({ list: [{ deep: secrets }] }, createRedactor()));
    expect(redacted.match(/\[redacted\]/g)).toHaveLength(Object.keys(secrets).length);
  });

  test('everything else stays as it is', () => {
    const plain = {
      target: 'http://127.0.0.1:4600',
      phases: [{ name: 'Pass', arrivalRate: 2 }],
      fields: ['username', 'password'],
      tokenType: 'opaque',
      none: null,
    };
    expect(redactSecrets(plain, createRedactor())).toEqual(plain);
  });
});

describe('by what can be seen to be a secret', () => {
  test.each([
    ['postgres://me:pw@db:5432/x and https://host/path', 'postgres://[redacted]@db:5432/x and https://host/path'],
    ['GET /a?token=abc&page=2', 'GET /a?token=[redacted]&page=2'],
    ['GET /a?token={{ token }}', 'GET /a?token={{ token }}'],
    ['Bearer abcdef123', 'Bearer [redacted]'],
    ['Bearer authentication', 'Bearer authentication'],
    ['bad token eyJhbGciOiJI.eyJzdWIi.c2ln', 'bad token [redacted]'],
    ['got {"password": "a\\"b", "name": "c"}', 'got {"password": "[redacted]", "name": "c"}'],
    ['a: 1\n  set-cookie: s=1; Path=/\nb: 2', 'a: 1\n  set-cookie: [redacted]\nb: 2'],
    ['cookie: ........ 3', 'cookie: ........ 3'],
    ['errors.ECONNREFUSED', 'errors.ECONNREFUSED'],
  ])('%j becomes %j', (text, shown) => {
    expect(createRedactor().text(text)).toBe(shown);
    expect(createRedactor().text(shown)).toBe(shown);
  });
});

describe('by its value', () => {
  const VALUE = 'h&q/ "ä1"';

  function taught(...values: string[]) {
    const redactor = createRedactor();
    redactor.learn(values);
    return redactor;
  }

  test.each([
    ['plain', `errors.cannot use ${VALUE} here`],
    ['in a URL', `GET /x?y=${encodeURIComponent(VALUE)}`],
    ['in a query', `GET /x?y=${encodeURIComponent(VALUE).replaceAll('%20', '+')}`],
    ['in JSON', JSON.stringify({ y: VALUE })],
    ['alone', VALUE],
  ])('a secret is taken out: %s', (_where, text) => {
    expect(taught(VALUE).text(text)).toMatch(/^[^&ä%]*\[redacted\][^&ä%]*$/);
  });

  test('a secret may stand several times, at both ends, and beside another', () => {
    expect(taught('secret', 'canary').text('secretcanary-secret')).toBe('[redacted][redacted]-[redacted]');
  });

  test('it is found as soon as it is learnt, also in a text that was seen before', () => {
    const redactor = createRedactor();
    expect(redactor.text('say canary')).toBe('say canary');
    redactor.learn(['canary']);
    expect(redactor.text('say canary')).toBe('say [redacted]');
  });

  test('texts and keys of data are searched, and the data itself stays', () => {
    const data = { 'a canary': ['canary', { b: 'x canary' }], count: 3 };
    expect(redactSecrets(data, taught('canary'))).toEqual({
      'a [redacted]': ['[redacted]', { b: 'x [redacted]' }],
      count: 3,
    });
    expect(taught('canary').texts(data)).toEqual({ 'a canary': ['[redacted]', { b: 'x [redacted]' }], count: 3 });
    expect(data.count).toBe(3);
  });

  test('of passing values at least the latest 20,000 are known, and lasting ones for good', () => {
    const redactor = taught('lasting-value');
    for (let index = 0; index < 60_000; index += 1) redactor.learnPassing([`passing-${index}-`]);
    expect(redactor.text('passing-0- lasting-value')).toBe('passing-0- [redacted]');
    expect(redactor.text('passing-40000- passing-59999-')).toBe('[redacted] [redacted]');
  });

  test('what stands in for secrets stays as it is, whatever is a secret', () => {
    expect(taught('redacted', '[redacted]', 'dacted').text('a [redacted]')).toBe('a [redacted]');
  });

  test('half a character does not make it fail', () => {
    expect(taught('broken\uD800').text('a broken\uD800')).toBe('a [redacted]');
  });
});
