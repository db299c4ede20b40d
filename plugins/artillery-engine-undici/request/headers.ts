import type { AnswerHeaders } from '../transport/exchange.ts';

/** The headers of an answer as Node has them, and with it every hook that was written for Artillery. */
export type NodeHeaders = Record<string, string | string[]>;

/** Of these, Node keeps the first value and drops the others. */
const ONCE = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

/** Several values of a name as one, as RFC 9110, section 5.3 allows; cookies always as a list. */
export function joinedHeaders(headers: AnswerHeaders): NodeHeaders {
  const joined: NodeHeaders = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    if (name === 'set-cookie') joined[name] = [value].flat();
    else if (typeof value === 'string') joined[name] = value;
    else joined[name] = ONCE.has(name) ? (value[0] ?? '') : value.join(', ');
  }
  return joined;
}

/** The first value of a header; undefined: there is none. @param name in lower case. */
export function firstHeader(headers: AnswerHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** Names and values in turn, with this value instead of any other of its name. @param name in lower case. */
export function withHeader(headers: readonly string[], name: string, value: string): string[] {
  const others = headers.filter((_, index) => headers[index - (index % 2)] !== name);
  return [...others, name, value];
}
