import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Json, until } from './platform/client.ts';
import { expectProblem } from './platform/problem.ts';
import { untilRows } from './platform/rows.ts';
import { startTestDatabase, type TestDatabase } from './platform/test-database.ts';
import { startTestService, type TestService } from './platform/test-service.ts';

let database: TestDatabase;
let service: TestService;
let second: TestService;
let token: string;

beforeAll(async () => {
  database = await startTestDatabase();
  // Two processes on one database would look the same: each service has workers of its own.
  [service, second] = await Promise.all([startTestService(database.url), startTestService(database.url)]);
  ({ accessToken: token } = await service.signIn('lead'));
}, 60_000);

afterAll(async () => {
  await Promise.all([service.close(), second.close()]);
  await database.stop();
});

function event(changes: object = {}): object {
  const base = { source: 'edr', kind: 'network.connection', severity: 2, host: 'unused-host', message: 'seen' };
  return { ...base, occurredAt: new Date().toISOString(), ...changes };
}

const post = (events: unknown, to = service): Promise<Answer> => to.request('POST', '/events', { token, json: events });
const alertsOf = (batchId: string) => service.request('GET', `/alerts?batch=${batchId}`, { token });
const alert = async (id: number): Promise<Json> => (await service.request('GET', `/alerts/${id}`, { token })).body;

/** Posts events and waits until they have an alert. */
async function raise(events: unknown): Promise<Json> {
  const { body } = await post(events);
  const answer = await until(
    () => alertsOf(body.batchId),
    ({ body: page }) => page.items.length > 0,
  );
  return answer.body.items[0];
}

/** Waits until no job is left to do. */
const idle = () => untilRows(database, "SELECT 1 FROM pgboss.job WHERE state < 'completed' LIMIT 1", 'none');

test('one event and a batch of 500 are accepted and stored as they came', async () => {
  const one = await post(event({ username: 'ana', srcIp: '2001:db8::1', indicator: 'x.example' }));
  expect([one.status, one.body]).toEqual([202, { batchId: expect.stringMatching(/^[\w-]{36}$/), accepted: 1 }]);
  const { rows } = await database.sql.query(
    'SELECT source, username, host(src_ip) AS ip, indicator FROM events WHERE batch_id = $1',
    [one.body.batchId],
  );
  expect(rows).toEqual([{ source: 'edr', username: 'ana', ip: '2001:db8::1', indicator: 'x.example' }]);
  const many = await post(Array.from({ length: 500 }, (_, index) => event({ message: `event ${index}` })));
  expect([many.status, many.body.accepted]).toEqual([202, 500]);
  const count = await database.sql.query('SELECT count(*)::int AS n FROM events WHERE batch_id = $1', [
    many.body.batchId,
  ]);
  expect(count.rows).toEqual([{ n: 500 }]);
});

test.each([
  ['no events', [], '/body'],
  ['more than 500', Array(501).fill(event()), '/body'],
  ['an unknown kind', event({ kind: 'x' }), '/body/kind'],
  ['an unknown key', event({ colour: 'red' }), '/body/colour'],
  ['a missing host', [event(), event({ host: undefined })], '/body/1/host'],
  ['a severity that is a text', event({ severity: '2' }), '/body/severity'],
  ['an address that is none', [event({ srcIp: '10.0.0.256' })], '/body/0/srcIp'],
  ['a time without a zone', event({ occurredAt: '2026-06-01T00:00:00' }), '/body/occurredAt'],
  ['a text instead of an event', 'event', '/body'],
])('a body with %s is refused, and none of its events are kept', async (_, body, path) => {
  const before = await database.sql.query('SELECT count(*)::int AS n FROM events');
  const answer = await post(body);
  expectProblem(answer, 400, 'validation');
  expect(answer.body.errors[0].path).toBe(path);
  const after = await database.sql.query('SELECT count(*)::int AS n FROM events');
  expect(after.rows).toEqual(before.rows);
});

test('malware raises an alert about its host at once, and later events join it', async () => {
  await idle();
  const first = await raise(event({ kind: 'malware.detected', severity: 4, host: 'alpha' }));
  expect(first).toMatchObject({
    rule: 'malware',
    entity: 'alpha',
    title: 'Malware detected on alpha',
    severity: 4,
    status: 'open',
    assignee: null,
    eventCount: 1,
  });
  expect(first.correlationMs).toBeGreaterThan(0);
  // 300 ms at most on a quiet machine; this one may do other work.
  expect(first.correlationMs).toBeLessThan(2_000);
  const again = await raise([event({ kind: 'malware.detected', host: 'alpha' }), event({ host: 'alpha' })]);
  expect(again).toMatchObject({ id: first.id, eventCount: 2 });
  expect((await alert(first.id)).events).toMatchObject([{ severity: 2 }, { severity: 4 }]);
});

test('an event with a known indicator raises an alert from a score of 70 on', async () => {
  const threat = async (condition: string): Promise<string> =>
    (await database.sql.query(`SELECT value FROM threats WHERE ${condition} ORDER BY id LIMIT 1`)).rows[0].value;
  const [known, harmless] = [await threat('score >= 70'), await threat('score = 69')];
  const quiet = await post([
    event({ host: 'beta', indicator: harmless }),
    event({ host: 'beta', indicator: 'unknown' }),
  ]);
  const raised = await raise([event({ host: 'beta', indicator: known, severity: 3 })]);
  expect(raised).toMatchObject({ rule: 'known-indicator', entity: 'beta', severity: 3, eventCount: 1 });
  expect(raised.title).toBe(`Known indicator ${known} seen on beta`);
  await idle();
  expect((await alertsOf(quiet.body.batchId)).body.items).toEqual([]);
});

test('five failures from one address raise one alert, four do not', async () => {
  const failure = (changes = {}) => event({ kind: 'auth.failure', srcIp: '198.51.100.7', host: 'gamma', ...changes });
  const four = await post([failure(), failure(), failure(), failure(), failure({ srcIp: '198.51.100.8' })]);
  await idle();
  expect((await alertsOf(four.body.batchId)).body.items).toEqual([]);
  const raised = await raise(failure());
  expect(raised).toMatchObject({ rule: 'brute-force', entity: '198.51.100.7', eventCount: 5 });
  expect((await alertsOf(four.body.batchId)).body.items).toMatchObject([{ id: raised.id }]);
  expect(await raise(failure())).toMatchObject({ id: raised.id, eventCount: 6 });
});

test('failures that are older than a minute do not count', async () => {
  const failure = event({ kind: 'auth.failure', srcIp: '198.51.100.20' });
  const old = await post([failure, failure, failure, failure]);
  await idle();
  await database.sql.query("UPDATE events SET received_at = received_at - interval '61 s' WHERE batch_id = $1", [
    old.body.batchId,
  ]);
  const fresh = await post(failure);
  await idle();
  expect((await alertsOf(fresh.body.batchId)).body.items).toEqual([]);
});

test('a closed alert takes no more events: the next raises a new one', async () => {
  const first = await raise(event({ kind: 'malware.detected', host: 'delta' }));
  await service.request('POST', `/alerts/${first.id}/ack`, { token });
  expect(await raise(event({ kind: 'malware.detected', host: 'delta' }))).toMatchObject({
    id: first.id,
    status: 'acknowledged',
  });
  await service.request('PATCH', `/alerts/${first.id}`, { token, json: { status: 'closed' } });
  const next = await raise(event({ kind: 'malware.detected', host: 'delta' }));
  expect(next.id).not.toBe(first.id);
  expect(next.eventCount).toBe(1);
});

test('batches that two services take at the same time make one alert for each rule and entity', async () => {
  const malware = event({ kind: 'malware.detected', host: 'epsilon' });
  const failure = event({ kind: 'auth.failure', srcIp: '198.51.100.30' });
  const batches = await Promise.all(
    Array.from({ length: 40 }, (_, index) => post([malware, failure], index % 2 === 0 ? service : second)),
  );
  expect(batches.map(({ status }) => status)).toEqual(Array(40).fill(202));
  await idle();
  const { rows } = await database.sql.query(
    `SELECT rule, event_count, (SELECT count(*)::int FROM events e WHERE e.alert_id = a.id) AS linked
     FROM alerts a WHERE entity IN ('epsilon', '198.51.100.30') ORDER BY rule`,
  );
  expect(rows).toEqual([
    { rule: 'brute-force', event_count: 40, linked: 40 },
    { rule: 'malware', event_count: 40, linked: 40 },
  ]);
});

test('raised alerts and accepted events are counted in the metrics', async () => {
  const { body } = await service.request('GET', '/metrics');
  expect(body).toMatch(/^events_accepted_total [1-9]\d{2}/m);
  const both = `${body}${(await second.request('GET', '/metrics')).body}`;
  for (const rule of ['malware', 'known-indicator', 'brute-force']) {
    expect(both).toMatch(new RegExp(`^alerts_raised_total\\{rule="${rule}"\\} [1-9]`, 'm'));
  }
});

test.each(['incident-summary', 'threat-landscape', 'analyst-activity'])(
  'a report %s is queued and then done',
  async (kind) => {
    const range = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };
    const queued = await service.request('POST', '/reports', { token, json: { kind, ...range } });
    expect([queued.status, queued.body]).toEqual([202, { id: expect.stringMatching(/^[\w-]{36}$/), status: 'queued' }]);
    const location = queued.headers.get('location') ?? '';
    expect(location).toBe(`/reports/${queued.body.id}`);
    const done = await until(
      () => service.request('GET', location, { token }),
      ({ body }) => body.status === 'done',
    );
    expect(done.body).toEqual({ id: queued.body.id, kind, status: 'done', result: expect.any(Object) });
    expect(Object.values(done.body.result)[0]).toBeTruthy();
  },
);

test('a report that cannot be asked for is refused, and one that is not there is 404', async () => {
  const ask = (json: object) => service.request('POST', '/reports', { token, json });
  const from = '2026-06-01T00:00:00Z';
  expectProblem(await ask({ kind: 'gossip', from, to: '2026-07-01T00:00:00Z' }), 400, 'validation');
  expectProblem(await ask({ kind: 'incident-summary', from }), 400, 'validation');
  expectProblem(await ask({ kind: 'incident-summary', from, to: from }), 400, 'validation');
  const missing = '5f0c6d7e-7a54-4a5b-9d36-1c3b8f1a9b11';
  expectProblem(await service.request('GET', `/reports/${missing}`, { token }), 404, 'not-found');
});
