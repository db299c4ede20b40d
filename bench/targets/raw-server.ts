// A process of its own: the fastest server that Node can be without being wrong, for machines that have no nginx. It reads as
// much of HTTP/1.1 as generators send: heads end with an empty line, bodies have a content-length.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ANSWERS } from './target.ts';

const HEAD_END = Buffer.from('\r\n\r\n');
const answer = (body: string): Buffer =>
  Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: keep-alive\r\n\r\n${body}`,
  );
const GET = answer(ANSWERS['/']);
const POST = answer(ANSWERS['/items']);
let requests = 0;

function contentLengthOf(head: string): number {
  return Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
}

function serve(socket: Socket): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const end = pending.indexOf(HEAD_END);
      if (end < 0) return;
      const isPost = pending[0] === 0x50;
      const length = end + HEAD_END.length + (isPost ? contentLengthOf(pending.toString('latin1', 0, end)) : 0);
      if (pending.length < length) return;
      pending = pending.subarray(length);
      requests += 1;
      socket.write(isPost ? POST : GET);
    }
  });
}

const server = createServer(serve).listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ requests }));
process.on('disconnect', () => process.exit());
