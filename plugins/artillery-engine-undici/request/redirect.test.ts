import { describe, expect, test } from 'vitest';
import { AddressBook } from '../transport/wire-request.ts';
import { nextHop } from './redirect.ts';

const URL_FROM = 'http://127.0.0.1:8080/a/b?c=d';

function hop(status: number, location: string, method = 'POST') {
  const { origin, path } = new AddressBook().find(URL_FROM);
  const headers = ['authorization', 'Basic x', 'cookie', 'a=1', 'content-length', '2', 'x-own', 'y'];
  return nextHop({ origin, path, method, headers, body: '{}', timeoutMs: 1, url: URL_FROM }, status, location);
}

describe('a redirect', () => {
  test('of status 303 becomes a GET without body', () => {
    expect(hop(303, '/next')).toMatchObject({ method: 'GET', body: undefined, url: 'http://127.0.0.1:8080/next' });
  });

  test('of status 303 leaves a HEAD what it is', () => {
    expect(hop(303, '/next', 'HEAD')).toMatchObject({ method: 'HEAD' });
  });

  test.each([300, 301, 302, 304, 307, 308])('of status %d repeats the request', (status) => {
    expect(hop(status, '/next')).toMatchObject({ method: 'POST', body: '{}' });
  });

  test('to another scheme is refused', () => {
    expect(() => hop(302, 'ftp://127.0.0.1/')).toThrow(expect.objectContaining({ code: 'ERR_UNSUPPORTED_PROTOCOL' }));
  });

  test('to the same host keeps credentials and cookies', () => {
    expect(hop(303, 'next').headers).toEqual(['authorization', 'Basic x', 'cookie', 'a=1', 'x-own', 'y']);
    expect(hop(302, 'next').url).toBe('http://127.0.0.1:8080/a/next');
  });

  test.each(['http://127.0.0.1:9090/', 'http://example.test/'])('to %s keeps credentials back', (location) => {
    expect(hop(307, location).headers).toEqual(['content-length', '2', 'x-own', 'y']);
  });

  test('reads a location in UTF-8', () => {
    expect(hop(302, Buffer.from('/ü').toString('latin1')).url).toBe('http://127.0.0.1:8080/%C3%BC');
  });
});
