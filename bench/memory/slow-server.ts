// A process of its own: takes every request and answers none, so that users wait.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let requests = 0;
const server = createServer({ requestTimeout: 0 }, (request) => {
  requests += 1;
  request.resume();
}).listen({ port: 0, host: '127.0.0.1', backlog: 8192 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ requests }));
process.on('disconnect', () => process.exit());
