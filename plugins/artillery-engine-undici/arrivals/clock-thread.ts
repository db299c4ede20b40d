import { parentPort, workerData } from 'node:worker_threads';
import { clockMemory, monotonicMs } from './shared-clock.ts';

// A thread that does nothing but sleep and ring. A timer of Node has a resolution of one millisecond; Atomics.wait takes
// fractions.

const { ringAt, orders } = clockMemory(workerData as SharedArrayBuffer);

for (;;) {
  const order = Atomics.load(orders, 0);
  const waitMs = (ringAt[0] ?? Infinity) - monotonicMs();
  const woken = waitMs > 0 ? Atomics.wait(orders, 0, order, waitMs) : 'timed-out';
  // Woken by a new order, or by one that came between the two lines above.
  if (woken !== 'timed-out') continue;
  parentPort?.postMessage(undefined);
  Atomics.wait(orders, 0, order);
}
