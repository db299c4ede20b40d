// A process of its own: answers every request after DELAY_MS milliseconds.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const delayMs = Number(process.env.DELAY_MS ?? 5);
let requests = 0;
const server = createServer({ requestTimeout: 0 }, (_request, response) => {
  requests += 1;
  setTimeout(() => response.end('{}'), delayMs);
}).listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ requests }));
process.on('disconnect', () => process.exit());
