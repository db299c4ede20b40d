import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers everything with `{}`, and knows how often it was asked. */
export interface CountingTarget {
  readonly url: string;
  /** Requests so far, by path without query. */
  readonly requests: ReadonlyMap<string, number>;
  /** Paths without query, in the order in which they came. */
  readonly order: readonly string[];
  total(): number;
  close(): Promise<void>;
}

/** How a target answers one request. */
export interface Answer {
  readonly status?: number;
  readonly delayMs?: number;
  /** `{}` by default. */
  readonly body?: string;
  /** Where a redirect leads. */
  readonly location?: string;
}

/** Starts a target on a free loopback port. @param answer decides on each request; 200 at once by default. */
export async function startCountingTarget(answer: (path: string) => Answer = () => ({})): Promise<CountingTarget> {
  const requests = new Map<string, number>();
  const order: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    requests.set(path, (requests.get(path) ?? 0) + 1);
    order.push(path);
    const { status = 200, delayMs = 0, body = '{}', location } = answer(path);
    const headers = { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) };
    setTimeout(() => response.writeHead(status, headers).end(body), delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    order,
    total: () => [...requests.values()].reduce((sum, count) => sum + count, 0),
    close: () => closeServer(server),
  };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
