import type { Cause } from '../answer.ts';
import { gauge, mean, rate, type Situation, span, statement, table } from './synthetic-evidence.ts';

/** A situation for each cause, as plain as it comes. */
export const SITUATIONS: Readonly<Record<Exclude<Cause, 'storage'>, Situation>> = {
  'missing index': {
    slowdown: (_, endpoint) => (endpoint === 'Search' ? 8 : 1),
    series: [
      ...statement('page', ({ count }) => count('Search'), 80, 20),
      ...table('documents', 100_000, ({ count }) => count('Heat map') + count('Search')),
    ],
  },
  'stale statistics': {
    slowdown: (_, endpoint) => (endpoint === 'Search' ? 8 : 1),
    series: [
      ...statement('page', ({ count }) => count('Search'), 80, 20),
      ...table('documents', 100_000, ({ count }) => count('Heat map') + count('Search'), 90_000),
    ],
  },
  'n+1 queries': {
    slowdown: (_, endpoint) => (endpoint === 'Search' ? 4 : 1),
    series: [
      ...statement('one', ({ count }) => count('Alerts') + 20 * count('Search'), 0.2, 1),
      ...span('Search', 'db', () => 40),
    ],
  },
  'pool too small': {
    slowdown: () => 10,
    series: [
      gauge('pg_pool_connections', () => 2, { pool: 'main', state: 'total' }),
      gauge('pg_pool_connections', () => 0, { pool: 'main', state: 'idle' }),
      gauge('pg_pool_waiting', ({ random }) => 1 + random.integer(0, 2), { pool: 'main' }),
    ],
  },
  'connection leak': {
    slowdown: (at) => 1 + at,
    series: [
      gauge('pg_pool_connections', ({ at }) => Math.max(1, 9 - Math.floor(at / 6)), { pool: 'main', state: 'idle' }),
      gauge('pg_pool_waiting', ({ at }) => Math.max(0, Math.floor((at - 25) / 3)), { pool: 'main' }),
      gauge('postgres.waits', ({ random }) => random.integer(0, 1), { type: 'CPU' }),
    ],
  },
  'lock contention': {
    slowdown: (_, endpoint) => (endpoint === 'Alerts' ? 60 : 1),
    series: [
      gauge('postgres.waits', ({ random }) => random.integer(1, 3), { type: 'Lock' }),
      ...statement('change', ({ count }) => count('Alerts'), 200, 1),
    ],
  },
  'slow downstream': {
    slowdown: (_, endpoint) => (endpoint === 'Alerts' ? 50 : 1),
    series: span('Alerts', 'enrichment', () => 180),
  },
  'event loop blocked': {
    slowdown: (_, endpoint) => (endpoint === 'Heat map' ? 8 : 3),
    series: [
      gauge('nodejs_eventloop_utilization_ratio', ({ count }) => Math.min(1, 0.1 + 0.3 * count('Heat map'))),
      rate('process.cpu', ({ count }) => Math.min(1, 0.1 + 0.3 * count('Heat map')) + 0.05, {}, 'cores'),
      gauge('nodejs_eventloop_lag_p99_seconds', () => 0.3, {}, 's'),
    ],
  },
  'oversized payload': {
    endpoints: [
      { name: 'Search', perSec: 8, ms: 12, bytes: 6_000 },
      { name: 'Alerts', perSec: 6, ms: 4, bytes: 3_000 },
      { name: 'Export', perSec: 1, ms: 300, bytes: 4_000_000 },
    ],
    slowdown: (_, endpoint) => (endpoint === 'Export' ? 1 : 3),
    series: [
      gauge('nodejs_eventloop_utilization_ratio', ({ count }) => Math.min(1, 0.1 + 0.25 * count('Export'))),
      rate('process.cpu', ({ count }) => Math.min(1, 0.1 + 0.25 * count('Export')) + 0.05, {}, 'cores'),
    ],
  },
  'cache disabled': {
    slowdown: (_, endpoint) => (endpoint === 'Search' ? 3 : 1),
    series: [
      rate('cache_requests_total', () => 0, { result: 'hit' }),
      rate('cache_requests_total', ({ count }) => count('Search'), { result: 'miss' }),
    ],
  },
  'cache stampede': {
    slowdown: (at) => (at % 15 === 0 ? 15 : 1),
    series: [rate('cache_requests_total', ({ at }) => (at % 15 === 0 ? 25 : 0.2), { result: 'miss' })],
  },
  'memory leak': {
    slowdown: (at) => 1 + at / 15,
    series: [
      gauge('nodejs_heap_size_used_bytes', ({ at }) => 6e7 + 5e6 * at + 1e7 * (at % 7), {}, 'bytes'),
      rate('nodejs_gc_duration_seconds', ({ at }) => 1 + at / 10, { kind: 'major' }),
      mean('nodejs_gc_duration_seconds', () => 0.06, { kind: 'major' }, 's'),
    ],
  },
  'slow consumer': {
    series: [
      gauge('queue_depth', ({ at, random }) => 3 * at + random.integer(0, 2), { queue: 'events' }),
      gauge('queue_lag_seconds', ({ at }) => 0.5 * at, { queue: 'events' }, 's'),
    ],
  },
  'rate limit': {
    status: (_, endpoint, random) => (endpoint === 'Search' && random.chance(0.4) ? 429 : 200),
  },
  'at capacity': {
    slowdown: (at) => 1 + at / 6,
    series: [
      gauge('machine.cpu', ({ random }) => 96 + 3 * random.next(), {}, '%'),
      rate('process.cpu', () => 1.8, {}, 'cores'),
    ],
  },
};
