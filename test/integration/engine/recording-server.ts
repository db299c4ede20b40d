import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server as NetServer, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { answer } from './answers.ts';
import type { RawRequest } from './seen-request.ts';

/** Servers on loopback that record what they are asked. */
export interface RecordingServers {
  /** Addresses by the word that stands for them in a case: `http://127.0.0.1:1234`. Nothing listens at `refused`. */
  readonly addresses: Readonly<Record<Place, string>>;
  /** What came since the last time, in the order in which the bodies were complete. */
  take(): readonly RawRequest[];
  /** Resolves when no request is being answered. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** A word that stands for an address. */
export type Place = 'target' | 'other' | 'secure' | 'proxy' | 'refused';

/** A file of the certificates' folder. */
export function certificate(name: string): string {
  return readFileSync(fileURLToPath(new URL(`certificates/${name}.pem`, import.meta.url)), 'utf8');
}

/** Starts a target, a second host, one with TLS that asks for the client's certificate, and a proxy. */
export async function startRecordingServers(): Promise<RecordingServers> {
  const seen: RawRequest[] = [];
  const state = { open: 0 };
  const secureOptions = {
    key: certificate('server-key'),
    cert: certificate('server'),
    ca: certificate('authority'),
    requestCert: true,
    rejectUnauthorized: false,
  };
  const servers = {
    target: createServer(recorder('target', seen, state)),
    other: createServer(recorder('other', seen, state)),
    secure: createSecureServer(secureOptions, recorder('secure', seen, state)),
    proxy: createProxy(seen),
  };
  const sockets = new Set<Socket>();
  for (const server of Object.values(servers)) rememberSockets(server, sockets);
  await Promise.all(Object.values(servers).map(listen));
  const refused = createServer();
  await listen(refused);
  const addresses = {
    target: `http://127.0.0.1:${portOf(servers.target)}`,
    other: `http://localhost:${portOf(servers.other)}`,
    secure: `https://localhost:${portOf(servers.secure)}`,
    proxy: `http://127.0.0.1:${portOf(servers.proxy)}`,
    refused: `http://127.0.0.1:${portOf(refused)}`,
  };
  await new Promise((resolve) => refused.close(resolve));
  return {
    addresses,
    take: () => seen.splice(0),
    quiet: async () => {
      while (state.open > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(Object.values(servers).map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

function recorder(name: string, seen: RawRequest[], state: { open: number }): Listener {
  const connections = new WeakMap<Socket, number>();
  let known = 0;
  return (request, response) => {
    state.open++;
    response.once('close', () => state.open--);
    if (!connections.has(request.socket)) connections.set(request.socket, ++known);
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      seen.push(describe(name, request, body, connections.get(request.socket) ?? 0));
      answer(request, response, body).catch((error: unknown) => response.destroy(error as Error));
    });
  };
}

function describe(server: string, request: IncomingMessage, body: Buffer, connection: number): RawRequest {
  const headers: Record<string, string | string[]> = {};
  for (const [name, values = []] of Object.entries(request.headersDistinct)) {
    headers[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  const subject = (request.socket as Partial<TLSSocket>).getPeerCertificate?.().subject as { CN: string } | undefined;
  return {
    server,
    method: request.method ?? '',
    url: request.url ?? '',
    headers,
    body,
    connection,
    ...(subject === undefined ? {} : { certificate: subject.CN }),
  };
}

/** Tunnels CONNECT to where it is asked to, and records that it was asked; anything else is recorded and refused with 502. */
function createProxy(seen: RawRequest[]): Server {
  const proxy = createServer((request, response) => {
    seen.push(describe('proxy', request, Buffer.alloc(0), 0));
    response.writeHead(502).end('only tunnels');
  });
  proxy.on('connect', (request: IncomingMessage, client: Socket) => {
    seen.push(describe('proxy', request, Buffer.alloc(0), 0));
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host === 'localhost' ? '127.0.0.1' : host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(client).pipe(onward);
    });
    for (const socket of [onward, client]) socket.on('error', () => [onward, client].map((both) => both.destroy()));
  });
  return proxy;
}

function rememberSockets(server: NetServer, sockets: Set<Socket>): void {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  });
}

function listen(server: NetServer): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: NetServer): number {
  return (server.address() as AddressInfo).port;
}
