import type { WireRequest } from '../transport/wire-request.ts';

/** More hops than this are a circle. */
export const MAX_REDIRECTS = 10;

const REDIRECTING = new Set([300, 301, 302, 303, 304, 307, 308]);

/** Headers that are for one host only. */
const FOR_ONE_HOST = new Set(['host', 'cookie', 'authorization']);

/** Whether an answer of this status with a `location` leads elsewhere. */
export function isRedirect(status: number): boolean {
  return REDIRECTING.has(status);
}

/** The next request of a chain; the origin is found by whoever sends it. */
export interface Hop extends Pick<WireRequest, 'method' | 'body'> {
  readonly url: string;
  readonly headers: readonly string[];
}

/**
 * Where a redirect leads, by what got 14 does, and with it Artillery's engine: after a 303 comes a GET without body, after
 * everything else the same request again (browsers make a GET of a POST after 301 and 302 as well); what was meant for one
 * host is not told to another.
 *
 * @throws TypeError with code `ERR_INVALID_URL`; Error with code `ERR_UNSUPPORTED_PROTOCOL` for anything but http and https.
 */
export function nextHop(from: WireRequest & { readonly url: string }, status: number, location: string): Hop {
  // Servers write UTF-8 where the standard has ASCII.
  const url = new URL(Buffer.from(location, 'latin1').toString(), from.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw Object.assign(new Error(`Unsupported protocol: ${url.protocol}`), { code: 'ERR_UNSUPPORTED_PROTOCOL' });
  }
  const isElsewhere = url.host !== from.origin.url.host;
  const repeats = status !== 303 || from.method === 'GET' || from.method === 'HEAD';
  const headers: string[] = [];
  for (let index = 0; index < from.headers.length; index += 2) {
    const name = from.headers[index] as string;
    const isDropped = (isElsewhere && FOR_ONE_HOST.has(name)) || (!repeats && name === 'content-length');
    if (!isDropped) headers.push(name, from.headers[index + 1] as string);
  }
  return repeats
    ? { url: url.href, method: from.method, body: from.body, headers }
    : { url: url.href, method: 'GET', body: undefined, headers };
}
