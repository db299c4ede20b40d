import { createTargetPolicy } from 'proving-ground/workload/index.ts';
import { expect, test } from 'vitest';
import { parseOptions } from '../options.ts';
import { watchListOf } from './watch-list.ts';

const policy = createTargetPolicy(
  {
    file: 'artillery/targets.yml',
    targets: [{ name: 'Staging', address: 'db.staging.example', production: false, maxArrivalRate: undefined }],
  },
  undefined,
);

function listOf(monitor: unknown, env: Record<string, string> = {}) {
  return watchListOf(parseOptions({ monitor }, undefined).monitor, { policy, env, locate: () => undefined });
}

test('nothing is named by default, and false forbids all', () => {
  expect(watchListOf(parseOptions({}, undefined).monitor, { policy, env: {}, locate: () => undefined })).toEqual([]);
  expect(listOf(false)).toBeUndefined();
});

test('takes connection strings from the shell, and shows only their names', () => {
  const env = { DATABASE_URL: 'postgres://u:p@127.0.0.1/db', REDIS_URL: '' };
  expect(listOf({ DB: { postgres: 'DATABASE_URL', redis: 'REDIS_URL', port: 5432 } }, env)).toEqual([
    {
      name: 'DB',
      postgres: { url: env.DATABASE_URL, shownAs: 'DATABASE_URL' },
      redis: { url: undefined, shownAs: 'REDIS_URL' },
      process: { kind: 'port', port: 5432 },
    },
  ]);
});

test.each([
  [{ X: { prometheus: 'http://metrics.example/metrics' } }, {}],
  [{ X: { postgres: 'URL' } }, { URL: 'postgres://u:p@db.example/db' }],
  [{ X: { postgres: 'URL' } }, { URL: 'postgres://u:p@127.0.0.1/db?host=db.example' }],
  [{ X: { redis: 'URL' } }, { URL: 'redis://cache.example:6379' }],
])('a host that may not be loaded may not be watched: %j', (monitor, env) => {
  expect(() => listOf(monitor, env)).toThrow(/example may not be watched: it is not this machine and not listed/);
});

test('a listed host may be watched, and a socket of this machine', () => {
  const env = { A: 'postgres://u:p@db.staging.example/db', B: 'postgres:///db?host=/var/run/postgresql' };
  expect(listOf({ A: { postgres: 'A' }, B: { postgres: 'B' } }, env)).toHaveLength(2);
});

test.each([[{ X: { prometheus: 'ftp://127.0.0.1' } }], [{ X: { port: 0 } }], [{ X: { pots: 1 } }], [true]])(
  '%j is refused',
  (monitor) => {
    expect(() => listOf(monitor)).toThrow(/config\.plugins\.verdict\.monitor/);
  },
);
