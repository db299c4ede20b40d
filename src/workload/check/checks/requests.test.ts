import { describe, expect, test } from 'vitest';
import { checkText, shortForm, testWith } from '../testing/check-text.ts';

function found(request: string, method = 'get', files = {}): string[] {
  const flow = `- ${method}:\n${request.replace(/^(?=.)/gm, '    ')}`;
  return shortForm(checkText(testWith({ flow, config: 'variables:\n  v: 1\nplugins:\n  expect: {}' }), files));
}

describe('a URL', () => {
  test.each([
    ['/', []],
    ['/{{ v }}', []],
    ['http://127.0.0.1/', []],
    ['"{{ v }}/a"', []],
    ['search', ['url-address@13 → /search']],
    ['www.example.com/a', ['url-address@13']],
    ['ftp://127.0.0.1/', ['url-address@13']],
    ['/{{ v + 1 }}', ['unreadable-template@13']],
    ['/{{ $randomNumber(1, 9) }}', []],
  ])('%s', (url, expected) => {
    expect(found(`url: ${url}`)).toEqual(expected);
  });
});

describe('a body', () => {
  test.each(['json: 1', 'body: a', 'form:\n  a: 1', 'formData:\n  a: 1'])('of a GET request, %j', (body) => {
    expect(found(`url: /\n${body}`)).toEqual(['get-with-body@14']);
    expect(found(`url: /\n${body}\nallowGetBody: true`)).toEqual([]);
    expect(found(`url: /\n${body}`, 'post')).toEqual([]);
  });

  test('of files that are there, seen from the test', () => {
    const body = 'url: /\nformData:\n  file:\n    fromFile: ./data/a.txt';
    expect(found(body, 'post', { 'data/a.txt': '' })).toEqual([]);
    expect(found(body, 'post', { 'data/b.txt': '' })).toEqual(['upload-missing@16 → ./data/b.txt']);
    expect(found(body.replace('a.txt', '{{ v }}'), 'post')).toEqual([]);
  });
});

describe('a part of an answer', () => {
  test.each([
    ['capture:\n  json: $.a\n  as: a', []],
    ['capture:\n  as: a', ['missing-key@15']],
    ['capture:\n  json: $.a', ['missing-key@14']],
    ['capture:\n  regexp: "(["\n  as: a', ['impossible-value@15']],
    ['capture:\n  regexp: a\n  flags: zz\n  as: a', ['impossible-value@15']],
    ['capture:\n  - header: etag\n    as: a\n  - selector: a\n    index: next\n    as: b', ['impossible-value@18']],
    ['match:\n  json: $.a\n  value: 1', []],
    ['match:\n  value: 1', ['missing-key@15']],
  ])('%j', (part, expected) => {
    expect(found(`url: /\n${part}`)).toEqual(expected);
  });
});

describe('a probability', () => {
  test.each([
    ['0', []],
    ['0.5', ['small-probability@14 → 50']],
    ['1', []],
    ['"50"', []],
    ['100', []],
    ['101', ['impossible-value@14']],
    ['-1', ['impossible-value@14']],
    ['"{{ v }}"', ['impossible-value@14']],
  ])('of %s', (probability, expected) => {
    expect(found(`url: /\nprobability: ${probability}`)).toEqual(expected);
  });
});

test('of the expectations in one item of a list, only the first is checked', () => {
  expect(found('url: /\nexpect:\n  - statusCode: 200\n    hasHeader: etag\n    contentType: json')).toEqual([
    'ignored-expectation@16',
    'ignored-expectation@17',
  ]);
  expect(found('url: /\nexpect:\n  statusCode: 200\n  hasHeader: etag')).toEqual([]);
});
