import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { stampedReader } from './kernel/stamped-reader.ts';
import { ReadBelowTls, ReadByNode, type Reading } from './reading.ts';
import { openTunnel } from './tunnel.ts';

/** How long the parts of making a connection took, in milliseconds. */
export interface Handshake {
  /** Name lookup; 0 for an address. Part of `connectMs`. */
  readonly lookupMs: number;
  /** Until TCP was connected (through a proxy: until the tunnel stood). */
  readonly connectMs: number;
  /** Undefined: no TLS. */
  readonly tlsMs: number | undefined;
}

/** Where connections lead and by which way. */
export interface ConnectionSettings {
  /** Certificates and what else `node:tls` takes. */
  readonly tls: ConnectionOptions;
  /** Proxies for targets of either kind. */
  readonly httpProxy: URL | undefined;
  readonly httpsProxy: URL | undefined;
}

/** What undici asks a connector for. */
export interface Destination {
  readonly hostname: string;
  readonly protocol: string;
  readonly port: string;
  readonly servername?: string | null;
}

/** A connection that is ready. */
export interface Connection {
  readonly socket: Socket;
  readonly handshake: Handshake;
  readonly reading: Reading;
}

/** What undici wants back: either an error or a socket that is ready. */
export type Connected = (...outcome: [error: Error, socket: null] | [error: null, socket: Socket]) => void;

/**
 * Connects, and says how long each part took. One connection per call: nothing is shared with others, TLS sessions
 * neither, as a user's device would not either.
 */
export function openConnection(
  destination: Destination,
  settings: ConnectionSettings,
  onReady: (...outcome: [error: Error] | [error: null, connection: Connection]) => void,
): void {
  const isTls = destination.protocol === 'https:';
  const host = destination.hostname;
  const port = Number(destination.port || (isTls ? 443 : 80));
  const proxy = isTls ? settings.httpsProxy : settings.httpProxy;
  const startedAt = performance.now();
  let lookupMs = 0;

  const finish = (socket: Socket, connectedAt: number): void => {
    const connectMs = connectedAt - startedAt;
    const reader = stampedReader();
    if (!isTls) {
      const reading = reader?.read(socket) ?? new ReadByNode(socket);
      onReady(null, { socket, handshake: { lookupMs, connectMs, tlsMs: undefined }, reading });
      return;
    }
    const below = reader?.readBelow(socket);
    const secure = secureSocket(below?.stream ?? socket, host, destination, settings.tls);
    settle(secure, 'secureConnect', (error) => {
      if (error !== null) {
        onReady(error);
        return;
      }
      const handshake = { lookupMs, connectMs, tlsMs: performance.now() - connectedAt };
      const reading = below === undefined ? new ReadByNode(secure) : new ReadBelowTls(below.reading, secure);
      onReady(null, { socket: secure, handshake, reading });
    });
  };

  const first = proxy === undefined ? { host, port } : { host: proxy.hostname, port: Number(proxy.port || 80) };
  const socket = connectTcp({ ...first, noDelay: true });
  socket.once('lookup', () => {
    lookupMs = performance.now() - startedAt;
  });
  settle(socket, 'connect', (error) => {
    if (error !== null) onReady(error);
    else if (proxy === undefined) finish(socket, performance.now());
    else {
      openTunnel(socket, proxy, `${host}:${port}`, (refusal) => {
        if (refusal === null) finish(socket, performance.now());
        else onReady(refusal);
      });
    }
  });
}

/** Waits for the event or an error, whichever is first, and leaves no listener of the two behind. */
function settle(socket: Socket, event: string, done: (error: Error | null) => void): void {
  const onError = (error: Error): void => {
    socket.off(event, onEvent);
    done(error);
  };
  const onEvent = (): void => {
    socket.off('error', onError);
    done(null);
  };
  socket.once('error', onError);
  socket.once(event, onEvent);
}

function secureSocket(socket: Duplex, host: string, destination: Destination, tls: ConnectionOptions): Socket {
  const named = tls.servername ?? destination.servername ?? (isIP(host) === 0 ? host : undefined);
  return connectTls({
    ...tls,
    socket,
    host,
    ...(named === undefined ? {} : { servername: named }),
    ALPNProtocols: ['http/1.1'],
  });
}
