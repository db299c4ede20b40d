import { createServer, type Server } from 'node:http';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

/** A system whose capacity is known: so many workers, each busy with one request for so long. */
export interface KnownSystem {
  /** Whole, 1 or more. */
  readonly workers: number;
  /** Above 0. */
  readonly serviceMs: number;
}

/** Requests per second that it completes when it is never idle. */
export function capacityOf({ workers, serviceMs }: KnownSystem): number {
  return (workers * 1_000) / serviceMs;
}

/**
 * Serves requests in the order in which they come; whoever finds all workers busy waits, for as long as it takes. When a request is done follows from when
 * the one before it on the same worker was done, and not from when a timer fired: timers of a busy machine are late, and its capacity would be less than
 * it says.
 */
export function createKnownServer({ workers, serviceMs }: KnownSystem): Server {
  const freeAtMs = new Array<number>(workers).fill(0);
  return createServer((_request, response) => {
    const now = performance.now();
    const worker = freeAtMs.indexOf(Math.min(...freeAtMs));
    const doneAtMs = Math.max(now, freeAtMs[worker] ?? 0) + serviceMs;
    freeAtMs[worker] = doneAtMs;
    setTimeout(() => response.end('done'), doneAtMs - now);
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { workers: { type: 'string', default: '2' }, 'service-ms': { type: 'string', default: '20' } },
  });
  const server = createKnownServer({ workers: Number(values.workers), serviceMs: Number(values['service-ms']) });
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
  process.on('SIGTERM', () => process.exit(0));
}
