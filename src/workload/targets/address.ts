import type { Target } from './target-list.ts';

/** A host and port that something wants to reach; lower case, no brackets around IPv6. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ws:': 80, 'wss:': 443 };

/** The address of an absolute URL; undefined for a relative one, a template or anything else. */
export function addressOf(url: string): Address | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, port, protocol } = new URL(url);
  if (hostname === '') return undefined;
  return { host: bareHost(hostname), port: port === '' ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port) };
}

/** Whether an address is this machine: 127.0.0.0/8, ::1, and names that resolve there by their definition (RFC 6761). */
export function isLoopback({ host }: Pick<Address, 'host'>): boolean {
  const name = bareHost(host);
  if (/^127(?:\.\d{1,3}){3}$/.test(name) || name === '::1') return true;
  return name === 'localhost' || name.endsWith('.localhost') || /^::ffff:127\./.test(name) || name === '::ffff:7f00:1';
}

/** The entry that an address falls under: the first of the list whose pattern fits. */
export function targetFor(address: Address, targets: readonly Target[]): Target | undefined {
  return targets.find((target) => fits(address, target.address));
}

function fits({ host, port }: Address, pattern: string): boolean {
  const { host: wanted, port: wantedPort } = splitPattern(pattern);
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const labels = host.split('.');
  const wantedLabels = wanted.split('.');
  return (
    labels.length === wantedLabels.length &&
    wantedLabels.every((label, index) => label === '*' || label === labels[index])
  );
}

function splitPattern(pattern: string): { host: string; port: number | undefined } {
  // An IPv6 address has colons of its own; only behind brackets is one a port.
  const match = /^(?<host>\[[^\]]+\]|[^:]+)(?::(?<port>\d+))?$/.exec(pattern)?.groups;
  const port = match?.port === undefined ? undefined : Number(match.port);
  return { host: bareHost(match?.host ?? pattern), port };
}

function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
