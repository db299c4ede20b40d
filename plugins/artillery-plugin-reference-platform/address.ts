/** Where the platform listens: plain HTTP on this machine. */
export interface Address {
  /** `http://host:port`, without a slash at the end. */
  readonly origin: string;
  /** As `HOST` of the platform wants it: an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * Reads an address; `localhost` becomes `127.0.0.1`, because that is where the platform listens for it.
 *
 * @returns undefined for anything but plain HTTP on a loopback address, without a path, and a port from 1 to 65535. Only
 * loopback: the platform must not become reachable from other machines because somebody runs a load test.
 */
export function parseAddress(text: string): Address | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  const place = placeOf(url);
  return bare && place !== undefined && isLoopback(place.host) ? place : undefined;
}

/** Whether a test with this target loads the platform at this address. A path below the address counts as well. */
export function isTargetOf(target: unknown, address: Address): boolean {
  if (typeof target !== 'string' || !URL.canParse(target)) return false;
  return placeOf(new URL(target))?.origin === address.origin;
}

function placeOf(url: URL): Address | undefined {
  if (url.protocol !== 'http:') return undefined;
  const port = url.port === '' ? 80 : Number(url.port);
  if (port === 0) return undefined;
  const name = url.hostname === 'localhost' ? '127.0.0.1' : url.hostname;
  return { origin: `http://${name}:${port}`, host: name.replace(/^\[(.*)\]$/, '$1'), port };
}

function isLoopback(host: string): boolean {
  return host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
