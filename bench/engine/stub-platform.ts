// A process of its own: a stand-in for the reference platform that answers at once.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTo } from './stub-answers.ts';

let requests = 0;

function reply(request: IncomingMessage, response: ServerResponse, body: string): void {
  const { method = '', url = '', headers } = request;
  const token = headers.authorization?.slice('Bearer '.length) ?? '';
  const answer = answerTo({ method, url, body, token });
  requests += 1;
  response.writeHead(answer.status, {
    'content-type': answer.status < 400 ? 'application/json' : 'application/problem+json',
    'server-timing': 'db;dur=0.1, total;dur=0.2, pool;dur=0.0',
    'x-request-id': '0f9e8d7c6b5a',
    'content-length': Buffer.byteLength(answer.body),
    ...answer.headers,
  });
  response.end(answer.body);
}

const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => reply(request, response, chunks.length === 0 ? '' : Buffer.concat(chunks).toString()));
}).listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ requests }));
process.on('disconnect', () => process.exit());
