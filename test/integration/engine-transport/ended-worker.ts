// A worker that is ended while a connection brings one answer after the other. The process is to live on: it ends with 0.
import { type AddressInfo, connect, createServer } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { stampedReader } from 'artillery-engine-undici/transport/kernel/stamped-reader.ts';

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  worker.once('message', () => void worker.terminate());
} else {
  const server = createServer((socket) => socket.on('data', () => socket.write('answer'))).listen(
    0,
    '127.0.0.1',
    () => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
        stampedReader()?.read(socket);
        let answers = 0;
        socket.on('data', () => {
          answers += 1;
          if (answers === 100) parentPort?.postMessage('under way');
          socket.write('request');
        });
        socket.write('request');
      });
    },
  );
}
