import type { Socket } from 'node:net';

/** The head of an answer to CONNECT is short; more than this is something else. */
const MAX_HEAD_BYTES = 16_384;

/**
 * Asks a proxy for a tunnel (RFC 9110, section 9.3.6) on a connected socket.
 *
 * @param authority `host:port` of the target.
 */
export function openTunnel(socket: Socket, proxy: URL, authority: string, done: (error: Error | null) => void): void {
  let head = Buffer.alloc(0);
  const finish = (error: Error | null): void => {
    socket.off('data', onData).off('error', finish).off('end', onEnd);
    socket.pause();
    if (error !== null) socket.destroy();
    done(error);
  };
  const onEnd = (): void => finish(proxyError('closed the connection', proxy));
  const onData = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1 && head.length < MAX_HEAD_BYTES) return;
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(head.toString('latin1'))?.[1];
    if (end === -1 || status?.startsWith('2') !== true) {
      finish(proxyError(status === undefined ? 'did not answer in HTTP' : `answered ${status} to CONNECT`, proxy));
      return;
    }
    const rest = head.subarray(end + 4);
    finish(null);
    if (rest.length > 0) socket.unshift(rest);
  };
  socket.on('data', onData).once('error', finish).once('end', onEnd);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization(proxy)}\r\n`);
}

function authorization({ username, password }: URL): string {
  if (username === '') return '';
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(credentials).toString('base64')}\r\n`;
}

function proxyError(what: string, proxy: URL): Error {
  return Object.assign(new Error(`the proxy ${proxy.host} ${what}`), { code: 'ERR_PROXY_CONNECTION' });
}
