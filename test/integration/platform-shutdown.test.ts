import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Answer } from './platform/client.ts';
import { expectProblem } from './platform/problem.ts';
import { untilRows } from './platform/rows.ts';
import { startTestDatabase, type TestDatabase } from './platform/test-database.ts';
import { startTestService, startUnattached, type TestService } from './platform/test-service.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
}, 60_000);

afterAll(async () => {
  await database.stop();
});

let service: TestService;
let token: string;

beforeEach(async () => {
  service = await startTestService(database.url);
  ({ accessToken: token } = await service.signIn('analyst'));
});

// A service that a failed test leaves open would keep the process alive.
afterEach(() => service.close());

/** Makes queries on alerts wait until `release`; resolves when one waits. */
async function holdAlerts(): Promise<{ waiting: () => Promise<void>; release: () => Promise<unknown> }> {
  await database.sql.query('BEGIN');
  await database.sql.query('LOCK TABLE alerts IN ACCESS EXCLUSIVE MODE');
  return {
    waiting: () => untilRows(database, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'", 'some'),
    release: () => database.sql.query('ROLLBACK'),
  };
}

// A pool has ended when it has said goodbye; the server hears it a moment later.
function untilNobodyIsConnected(): Promise<void> {
  const services = "SELECT 1 FROM pg_stat_activity WHERE application_name ~ '^(reference-platform-|pgboss)'";
  return untilRows(database, services, 'none');
}

const alerts = (): Promise<Answer> => service.request('GET', '/alerts?limit=1', { token });

test('a request under way is answered while the service stops, a new one is not, and then nothing is left', async () => {
  const hold = await holdAlerts();
  const underWay = alerts();
  await hold.waiting();
  const closed = service.close();
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
  });
  await expect(fetch(`${service.url}/health`, { headers: { connection: 'close' } })).rejects.toThrow();
  expect(isClosed).toBe(false);
  await hold.release();
  const answer = await underWay;
  expect([answer.status, answer.body.items.length, answer.headers.get('connection')]).toEqual([200, 1, 'close']);
  await closed;
  await untilNobodyIsConnected();
});

test('closing twice is closing once', async () => {
  await Promise.all([service.close(), service.close()]);
  await service.close();
});

test('a service that is closed while it starts, or was never attached, leaves no connections', async () => {
  await service.close();
  const early = await startUnattached();
  const attached = early.attach(database.url);
  await Promise.all([early.close(), attached]);
  const never = await startUnattached();
  await never.close();
  await untilNobodyIsConnected();
});

test('a service that cannot reach its database says so, and can be closed', async () => {
  const lost = await startUnattached();
  try {
    await expect(lost.attach('postgres://nobody@127.0.0.1:1/nothing')).rejects.toThrow(/ECONNREFUSED/);
    expectProblem(await lost.request('GET', '/alerts'), 503, 'unavailable');
  } finally {
    await lost.close();
  }
});

test('a query that the database ends is answered with 503, and the next one is answered', async () => {
  for (const end of ['pg_cancel_backend', 'pg_terminate_backend']) {
    const hold = await holdAlerts();
    const underWay = alerts();
    await hold.waiting();
    await database.sql.query(`SELECT ${end}(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
    const answer = await underWay;
    expectProblem(answer, 503, 'unavailable');
    expect(answer.body.detail).not.toMatch(/backend|administrator|canceling/);
    await hold.release();
    expect((await alerts()).status).toBe(200);
  }
});

test('idle connections that the database closes are replaced', async () => {
  await alerts();
  await database.sql.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ~ '^reference-platform-'",
  );
  const answers = [await alerts(), await alerts()];
  expect(answers.at(-1)?.status).toBe(200);
});
