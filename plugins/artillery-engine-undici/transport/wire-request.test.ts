import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AddressBook } from './wire-request.ts';

/** What `new URL` makes of it, which is what every other client sends. */
function byUrl(text: string): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(text);
  return { origin, path: pathname + search };
}

function find(book: AddressBook, text: string): { origin: string; path: string } {
  const { origin, path } = book.find(text);
  return { origin: origin.url.origin, path };
}

describe('an address book', () => {
  test.each([
    'http://127.0.0.1:8080',
    'http://127.0.0.1:8080/',
    'http://127.0.0.1:8080/a/b?c=d&e=f',
    'http://127.0.0.1:8080/a b?c=d e',
    'http://127.0.0.1:8080/ä?ö=ü',
    'http://127.0.0.1:8080/a/../b/./c',
    'http://127.0.0.1:8080/a/..',
    'http://127.0.0.1:8080/..?x',
    'http://127.0.0.1:8080/a#fragment',
    'http://127.0.0.1:8080/%41%zz?%20',
    "http://127.0.0.1:8080/a?b='c'",
    'http://127.0.0.1:8080/a?b="c"<d>`e`{f}|g',
    'https://Example.COM:443/A',
    'http://[::1]:80/x',
    'http://127.0.0.1:8080?x=1',
    'http://127.0.0.1:8080?x=/a',
    'http://127.0.0.1:8080#/a',
  ])('cuts %s as new URL does, the first time and later', (text) => {
    const book = new AddressBook();
    expect(find(book, text)).toEqual(byUrl(text));
    expect(find(book, text)).toEqual(byUrl(text));
  });

  test('cuts any path as new URL does', () => {
    const book = new AddressBook();
    book.find('http://127.0.0.1:8080/');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (rest) => {
        const text = `http://127.0.0.1:8080/${rest}`;
        expect(find(book, text)).toEqual(byUrl(text));
      }),
      { numRuns: 500 },
    );
  });

  test('knows one origin for all paths of a host', () => {
    const book = new AddressBook();
    expect(book.find('http://h:1/a').origin).toBe(book.find('http://h:1/b?c').origin);
  });

  test('makes a header of the user and password in a URL', () => {
    const { authorization, origin } = new AddressBook().find('http://ann:s%40fe@h:1/a');
    expect(authorization).toBe(`Basic ${btoa('ann:s@fe')}`);
    expect(origin.key).toBe('http://h:1');
  });

  test('refuses what is no URL with the code of Node', () => {
    expect(() => new AddressBook().find('http://')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_URL' }));
  });
});
