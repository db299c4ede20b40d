import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRedisLink } from '../../fixtures/platform/src/cache/redis-link.ts';
import { accountOf, until } from './platform/client.ts';
import { expectProblem } from './platform/problem.ts';
import { type RedisServer, startRedis } from './platform/redis-server.ts';
import { startTestDatabase, type TestDatabase } from './platform/test-database.ts';
import { startTestService, type TestService } from './platform/test-service.ts';

let database: TestDatabase;
let redis: RedisServer;

beforeAll(async () => {
  [database, redis] = await Promise.all([startTestDatabase(), startRedis()]);
}, 60_000);

afterAll(async () => {
  await redis.stop();
  await database.stop();
});

/** Runs a test with services that are closed in the end. */
async function withServices(
  envs: readonly Record<string, string>[],
  run: (services: TestService[], token: string) => Promise<void>,
) {
  const services = await Promise.all(envs.map((env) => startTestService(database.url, env)));
  try {
    const token = (await services[0]?.signIn('lead'))?.accessToken ?? '';
    await run(services, token);
  } finally {
    await Promise.all(services.map((service) => service.close()));
  }
}

const TALKERS = '/analytics/top-talkers?limit=5';
const ALERT_SERIES = '/analytics/timeseries?metric=alerts';
const EVENT = {
  source: 'edr',
  kind: 'dns.query',
  severity: 1,
  host: 'h',
  message: 'm',
  occurredAt: '2026-06-01T00:00:00Z',
};

async function states(service: TestService | undefined, token: string, paths: readonly string[]) {
  const found: (string | null)[] = [];
  for (const path of paths) {
    found.push((await service?.request('GET', path, { token }))?.headers.get('x-cache') ?? null);
  }
  return found;
}

const BOTH: [string, () => Record<string, string>][] = [
  ['in the process', () => ({})],
  ['in Redis', () => ({ REDIS_URL: redis.url })],
];

test.each(BOTH)('an answer is kept %s under its meaning, and is the same', async (_, env) => {
  await withServices([env()], async ([service], token) => {
    const get = async (path: string) => await service?.request('GET', path, { token });
    const first = await get('/search?q=firewall&severity=2&facets=true');
    const second = await get('/search?facets=true&q=%20firewall%20&severity=2&page=1');
    expect([first?.headers.get('x-cache'), second?.headers.get('x-cache')]).toEqual(['miss', 'hit']);
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers.get('server-timing')).toMatch(/^db;dur=0\.0,/);
    expect((await get('/search?q=firewall&severity=3&facets=true'))?.headers.get('x-cache')).toBe('miss');
  });
});

test.each(BOTH)('a write makes unreachable what it changes of what is kept %s, and nothing else', async (_, env) => {
  await withServices([env()], async ([service], token) => {
    const paths = ['/dashboard', ALERT_SERIES, TALKERS, '/search?q=malware'];
    await states(service, token, paths);
    expect(await states(service, token, paths)).toEqual(['hit', 'hit', 'hit', 'hit']);
    const page = await service?.request('GET', '/alerts?status=open&limit=1', { token });
    await service?.request('POST', `/alerts/${page?.body.items[0].id}/ack`, { token });
    expect(await states(service, token, paths)).toEqual(['miss', 'miss', 'hit', 'hit']);
    await service?.request('POST', '/events', { token, json: EVENT });
    expect(await states(service, token, paths)).toEqual(['miss', 'hit', 'hit', 'hit']);
  });
});

test('the dashboard shows an alert that correlation raised, although it was kept before', async () => {
  await withServices([{}], async ([service], token) => {
    const dashboard = async () =>
      (await service?.request('GET', '/dashboard', { token })) ?? Promise.reject(new Error());
    const before = (await dashboard()).body.alerts.byStatus.open;
    await service?.request('POST', '/events', { token, json: { ...EVENT, kind: 'malware.detected' } });
    const after = await until(dashboard, ({ body }) => body.alerts.byStatus.open === before + 1);
    expect(Date.now() - Date.parse(after.body.dataThrough)).toBeLessThan(10_000);
  });
});

test('with CACHE_SECONDS=0 every answer is computed', async () => {
  await withServices([{ CACHE_SECONDS: '0' }], async ([service], token) => {
    expect(await states(service, token, [TALKERS, TALKERS])).toEqual(['miss', 'miss']);
  });
});

test('an answer is kept for the time that is set', async () => {
  await withServices([{ CACHE_SECONDS: '1' }], async ([service], token) => {
    expect(await states(service, token, [TALKERS, TALKERS])).toEqual(['miss', 'hit']);
    const ask = async () => (await service?.request('GET', TALKERS, { token })) ?? Promise.reject(new Error());
    await until(ask, ({ headers }) => headers.get('x-cache') === 'miss');
  });
});

test('services with the same Redis share answers, invalidation and the sign-in limit', async () => {
  const env = { REDIS_URL: redis.url, SIGNIN_LIMIT: '4' };
  await withServices([env, env], async ([first, second], token) => {
    const path = '/analytics/heatmap';
    await first?.request('POST', '/events', { token, json: EVENT });
    expect(await states(first, token, [path, '/dashboard'])).toEqual(['miss', 'miss']);
    expect(await states(second, token, [path, '/dashboard'])).toEqual(['hit', 'hit']);
    await second?.request('POST', '/events', { token, json: EVENT });
    expect(await states(first, token, [path, '/dashboard'])).toEqual(['hit', 'miss']);
    const json = { username: accountOf('analyst', 40).username, password: 'wrong' };
    const attempts = await Promise.all(
      [first, first, second, second, first, second].map(async (service) => {
        return (await service?.request('POST', '/auth/login', { json }))?.status;
      }),
    );
    expect(attempts.filter((status) => status === 429)).toHaveLength(2);
  });
});

test('a Redis that goes away costs nothing but the kept answers, and is used again when it is back', async () => {
  const own = await startRedis();
  try {
    await withServices([{ REDIS_URL: own.url, SIGNIN_LIMIT: '1' }], async ([service], token) => {
      expect(await states(service, token, [TALKERS, TALKERS])).toEqual(['miss', 'hit']);
      await own.stop();
      const ask = async () => (await service?.request('GET', TALKERS, { token })) ?? Promise.reject(new Error());
      const away = await until(ask, ({ headers }) => headers.get('x-cache') === 'miss');
      expect(away.status).toBe(200);
      expect((await service?.request('POST', '/events', { token, json: EVENT }))?.status).toBe(202);
      const json = { username: 'nobody', password: 'wrong' };
      await service?.request('POST', '/auth/login', { json });
      const limited = await service?.request('POST', '/auth/login', { json });
      if (limited !== undefined) expectProblem(limited, 429, 'too-many-sign-ins');
      await own.start();
      await until(ask, ({ headers }) => headers.get('x-cache') === 'hit');
    });
  } finally {
    await own.stop();
  }
}, 20_000);

test('a Redis that hangs holds a command up for a moment only, and is reported once', async () => {
  const warnings: string[] = [];
  const link = createRedisLink(redis.url, (message) => warnings.push(message));
  try {
    await until(
      async () => ({ status: 0, headers: new Headers(), body: await link.run((client) => client.ping()) }),
      ({ body }) => body === 'PONG',
    );
    redis.freeze();
    const startedAt = performance.now();
    const answers = await Promise.all([1, 2, 3].map(() => link.run((client) => client.get('x'))));
    expect(answers).toEqual([undefined, undefined, undefined]);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(warnings).toEqual([expect.stringContaining('no answer within 150 ms')]);
  } finally {
    redis.thaw();
    link.close();
  }
});
