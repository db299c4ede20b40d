import type { Readable } from 'node:stream';

/** A request as it goes on the wire. */
export interface WireRequest {
  readonly origin: Origin;
  /** Path and query, already encoded. */
  readonly path: string;
  readonly method: string;
  /** Names and values in turn; names in lower case. `host` and `connection` come from undici, unless given. */
  readonly headers: readonly string[];
  readonly body: string | Buffer | Readable | undefined;
  /** How long to wait for the head of the answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** Where requests go: scheme, host and port. */
export interface Origin {
  /** `http://host:port`, the key of it. */
  readonly key: string;
  readonly url: URL;
}

/** Origin and path of an absolute URL. */
export interface Address {
  readonly origin: Origin;
  readonly path: string;
  /** For the user and password that the URL names. */
  readonly authorization: string | undefined;
}

/** No character that a URL must escape, and no dot segment that it would resolve. */
const NEEDS_NO_ENCODING = /^\/(?:(?!\/?\.\.?(?:\/|\?|$))[\w\-.~!$&()*+,;=:@/%?])*$/;

/**
 * Cuts absolute URLs into origin and path. The origin is looked up by its text, and a path that needs no encoding is taken
 * as it is: `new URL` costs as much as half of everything else that a request does.
 */
export class AddressBook {
  readonly #known = new Map<string, Omit<Address, 'path'>>();

  /** @throws TypeError with code `ERR_INVALID_URL`, as `new URL`. */
  find(url: string): Address {
    const pathAt = url.indexOf('/', url.indexOf('://') + 3);
    const key = pathAt === -1 ? url : url.slice(0, pathAt);
    const path = pathAt === -1 ? '/' : url.slice(pathAt);
    const known = this.#known.get(key);
    if (known !== undefined && NEEDS_NO_ENCODING.test(path)) {
      return { origin: known.origin, path, authorization: known.authorization };
    }
    const parsed = new URL(url);
    const { origin, authorization } = known ?? this.#remember(key, parsed);
    return { origin, path: parsed.pathname + parsed.search, authorization };
  }

  #remember(key: string, parsed: URL): Omit<Address, 'path'> {
    const entry = { origin: { key: parsed.origin, url: new URL(parsed.origin) }, authorization: credentialsOf(parsed) };
    // A query right behind the host is no part of it. And what varies without end must not fill the memory.
    if (this.#known.size < 1_000 && !/[?#]/.test(key)) this.#known.set(key, entry);
    return entry;
  }
}

function credentialsOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
