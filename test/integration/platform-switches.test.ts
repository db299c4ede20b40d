import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectProblem } from './platform/problem.ts';
import { startTestDatabase, type TestDatabase } from './platform/test-database.ts';
import { startTestService, type TestService } from './platform/test-service.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
}, 60_000);

afterAll(async () => {
  await database.stop();
});

const SEARCH = '/search?q=firewall&facets=true';

/** The total of `Server-Timing`, in milliseconds. */
async function totalMs(service: TestService, path: string, token: string): Promise<number> {
  const { status, headers } = await service.request('GET', path, { token });
  expect(status).toBe(200);
  return Number(/total;dur=([\d.]+)/.exec(headers.get('server-timing') ?? '')?.[1]);
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function worksOf(service: TestService): Promise<number> {
  const { body } = await service.request('GET', '/metrics');
  return Number(/pg_query_duration_seconds_count\{query="work"\} (\d+)/.exec(body)?.[1] ?? 0);
}

test('a slowed route takes as many times as long as it was told to, and no other route does', async () => {
  const plain = await startTestService(database.url, { CACHE_SECONDS: '0' });
  const slow = await startTestService(database.url, { CACHE_SECONDS: '0', WORK_FACTOR: 'Search=5' });
  try {
    const { accessToken } = await plain.signIn('analyst');
    const times: { plain: number[]; slow: number[] } = { plain: [], slow: [] };
    // Turn by turn: what else the machine does meets both.
    for (let round = 0; round < 60; round += 1) {
      times.plain.push(await totalMs(plain, SEARCH, accessToken));
      times.slow.push(await totalMs(slow, SEARCH, accessToken));
    }
    const ratio = medianOf(times.slow) / medianOf(times.plain);
    // Not all of an answer is the work that is multiplied, and less of it where the machine does other work.
    expect(ratio).toBeGreaterThan(2.5);
    expect(ratio).toBeLessThan(7);
    expect(await worksOf(slow)).toBe(60);
    await totalMs(slow, '/alerts', accessToken);
    expect([await worksOf(slow), await worksOf(plain)]).toEqual([60, 0]);
  } finally {
    await Promise.all([plain.close(), slow.close()]);
  }
});

test('a share of the requests of one route answers 500', async () => {
  const service = await startTestService(database.url, { ERROR_RATE: 'Open document=0.5,List threats=1' });
  try {
    const { accessToken: token } = await service.signIn('analyst');
    const statuses: number[] = [];
    for (let round = 0; round < 100; round += 1) {
      statuses.push((await service.request('GET', '/documents/7', { token })).status);
    }
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    // Further from half of 100 than this is less likely than one in 10 million.
    expect(Math.abs(statuses.filter((status) => status === 500).length - 50)).toBeLessThan(27);
    expectProblem(await service.request('GET', '/threats', { token }), 500, 'internal');
    expect((await service.request('GET', '/alerts', { token })).status).toBe(200);
  } finally {
    await service.close();
  }
});
