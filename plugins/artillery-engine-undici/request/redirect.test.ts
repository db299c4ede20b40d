import { describe, expect, test } from '@jest/globals';
import { AddressBook } from '../transport/wire-request.ts';
import { nextHop } from './redirect.ts';

const URL_FROM = 'http://127.0.0.1:8080/a/b?c=d';

function hop(status: number, location: string, method = 'POST') {
  const { origin, path } = new AddressBook().find(URL_FROM);
  const headers = ['authorization', 'Basic x', 'cookie', 'a=1', 'content-length', '2', 'x-own', 'y'];
  return nextHop({ origin, path, method, headers, body: '{}', timeoutMs: 1, url: URL_FROM }, status, location);
}

describe('a redirect', () => {
  test.each([301, 302, 303])('of status %d becomes a GET without body', (status) => {
    expect(hop(status, '/next')).toMatchObject({ method: 'GET', body: undefined, url: 'http://127.0.0.1:8080/next' });
  });

  test.each([307, 308])('of status %d repeats the request', (status) => {
    expect(hop(status, '/next')).toMatchObject({ method: 'POST', body: '{}' });
  });

  test('to the same host keeps credentials; cookies are found anew', () => {
    expect(hop(302, 'next').headers).toEqual(['authorization', 'Basic x', 'x-own', 'y']);
    expect(hop(302, 'next').url).toBe('http://127.0.0.1:8080/a/next');
  });

  test.each(['http://127.0.0.1:9090/', 'http://example.test/'])('to %s keeps credentials back', (location) => {
    expect(hop(307, location).headers).toEqual(['content-length', '2', 'x-own', 'y']);
  });

  test('reads a location in UTF-8', () => {
    expect(hop(302, Buffer.from('/ü').toString('latin1')).url).toBe('http://127.0.0.1:8080/%C3%BC');
  });
});
