import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageStatement } from '../../fixtures/platform/src/http/search/search-sql.ts';
import { type Answer, type Json, until } from './platform/client.ts';
import { expectProblem } from './platform/problem.ts';
import { DOCUMENTS, startTestDatabase, type TestDatabase } from './platform/test-database.ts';
import { startTestService, startUnattached, type TestService } from './platform/test-service.ts';

let database: TestDatabase;
let service: TestService;
let analyst: string;
let lead: string;
let admin: string;

beforeAll(async () => {
  database = await startTestDatabase();
  service = await startTestService(database.url);
  [analyst, lead, admin] = (await Promise.all(
    ['analyst', 'lead', 'admin'].map(async (role) => (await service.signIn(role)).accessToken),
  )) as [string, string, string];
}, 60_000);

afterAll(async () => {
  await service.close();
  await database.stop();
});

const get = (path: string, token = analyst) => service.request('GET', path, { token });
const patch = (path: string, json: unknown, token = analyst) => service.request('PATCH', path, { token, json });
const ids = (answer: Answer): number[] => (answer.body.hits ?? answer.body.items).map(({ id }: { id: number }) => id);

/** Follows the cursors of a list to its end. */
async function walk(path: string, token = analyst): Promise<Json[]> {
  const items: Json[] = [];
  let cursor: string | null = null;
  do {
    const { status, body } = await get(cursor === null ? path : `${path}&cursor=${cursor}`, token);
    expect(status).toBe(200);
    items.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return items;
}

test('before the database is attached only /health and /ready answer', async () => {
  const starting = await startUnattached();
  try {
    expect((await starting.request('GET', '/health')).body.service).toBe('proving-ground-reference-platform');
    const ready = await starting.request('GET', '/ready');
    expect([ready.status, ready.body]).toEqual([503, { status: 'starting', step: 'listen', percent: 0 }]);
    for (const path of ['/search', '/metrics', '/nothing']) {
      const answer = await starting.request('GET', path);
      expectProblem(answer, 503, 'unavailable');
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    expectProblem(await starting.request('POST', '/auth/login', { json: {} }), 503, 'unavailable');
  } finally {
    await starting.close();
  }
});

test('/health says who answers and /ready how many documents there are', async () => {
  expect((await service.request('GET', '/health')).body).toEqual({
    service: 'proving-ground-reference-platform',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    pid: process.pid,
    uptimeSeconds: expect.any(Number),
    settings: expect.objectContaining({ SIGNIN_LIMIT: '1000', LOG_LEVEL: 'silent', FAULT: '' }),
  });
  const ready = await service.request('GET', '/ready');
  expect([ready.status, ready.body]).toEqual([200, { status: 'ready', documents: DOCUMENTS }]);
});

test('every answer says where its time went and which request it is for', async () => {
  for (const answer of [
    await get('/alerts'),
    await get('/alerts/0'),
    await get('/nothing'),
    await get('/documents/%zz'),
  ]) {
    expect(answer.headers.get('server-timing')).toMatch(
      /^db;dur=\d+\.\d, total;dur=\d+\.\d, pool;dur=\d+\.\d(?:, \w+;dur=\d+\.\d)*$/,
    );
    expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  }
  const named = await service.request('GET', '/health', { headers: { 'x-request-id': 'journey-7:step-1' } });
  expect(named.headers.get('x-request-id')).toBe('journey-7:step-1');
  const hostile = await service.request('GET', '/health', { headers: { 'x-request-id': 'a"b{c}' } });
  expect(hostile.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
});

test('the time in the database is part of the whole', async () => {
  const timing = (await get('/search?q=firewall&sort=severity')).headers.get('server-timing') ?? '';
  const [db = 0, total = 0] = [...timing.matchAll(/dur=([\d.]+)/g)].map(([, ms]) => Number(ms));
  expect(db).toBeGreaterThan(0);
  expect(total).toBeGreaterThanOrEqual(db);
});

test('an unknown path is 404, a known one with another method 405 with the methods it has', async () => {
  expectProblem(await get('/nothing'), 404, 'not-found');
  const wrong = await service.request('DELETE', '/alerts/1');
  expectProblem(wrong, 405, 'method-not-allowed');
  expect(wrong.headers.get('allow')).toBe('GET, HEAD, PATCH');
  const malformed = await service.request('PUT', '/events', { text: '{' });
  expectProblem(malformed, 405, 'method-not-allowed');
});

test('what is not HTTP is answered with 400 and costs nobody else anything', async () => {
  const port = Number(new URL(service.url).port);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
    socket.once('data', (data) => resolve(data.toString()));
    socket.once('error', reject);
  });
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 400 [\s\S]*problem\+json/);
  expect(JSON.parse(body)).toMatchObject({ type: '/problems/validation', status: 400 });
  expect((await get('/health')).status).toBe(200);
});

test.each([
  ['/search?page=0&color=red', ['/query/color', '/query/page']],
  ['/search?severity=5', ['/query/severity']],
  ['/search?severity=high', ['/query/severity']],
  ['/search?type=a&type=b', ['/query/type', '/query/type']],
  ['/search?from=yesterday', ['/query/from']],
  ['/search?from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z', ['/query/from']],
  ['/alerts?cursor=nonsense', ['/query/cursor']],
  ['/alerts?batch=1', ['/query/batch']],
  ['/alerts/abc', ['/path/id']],
  ['/documents/99999999999', ['/path/id']],
  ['/documents/%zz', ['/path']],
  ['/reports/7', ['/path/id']],
  ['/threats?minScore=101', ['/query/minScore']],
  ['/dashboard?x=1', ['/query/x']],
  ['/analytics/timeseries?interval=hour&from=2026-04-01T00:00:00Z&to=2026-07-01T00:00:00Z', ['/query/from']],
])('GET %s is refused, naming what is wrong', async (path, paths) => {
  const answer = await get(path);
  expectProblem(answer, 400, 'validation');
  expect(answer.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual(paths);
});

test('a NUL, which no text in PostgreSQL can hold, is the fault of the request', async () => {
  expectProblem(await get('/search?q=%00'), 400, 'validation');
  expectProblem(await get('/threats?value=%00'), 400, 'validation');
});

test('a body that is too large, not JSON, or of another type is refused as what it is', async () => {
  const post = (text: string, headers = {}) => service.request('POST', '/events', { token: analyst, text, headers });
  expectProblem(await post(`"${'x'.repeat(1024 * 1024)}"`), 413, 'body-too-large');
  expectProblem(await post('{"source":'), 400, 'validation');
  expectProblem(await post('{"__proto__": {}}'), 400, 'validation');
  expectProblem(
    await post('a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
    'unsupported-media-type',
  );
  expectProblem(await post(''), 400, 'validation');
});

test('a number in a body is not taken from a text, while a query string has nothing but texts', async () => {
  expectProblem(await patch('/alerts/1', { severity: '3' }), 400, 'validation');
  expect((await get('/alerts?severity=3&limit=1')).status).toBe(200);
});

test('a search finds documents with the words, and marks them in the snippet', async () => {
  const { status, body } = await get('/search?q=firewall&facets=true&pageSize=5');
  expect(status).toBe(200);
  expect(body).toMatchObject({ query: 'firewall', totalIsExact: true, page: 1, pageSize: 5 });
  expect(body.hits).toHaveLength(5);
  for (const hit of body.hits) {
    expect(Object.keys(hit)).toEqual([
      'id',
      'type',
      'title',
      'severity',
      'source',
      'publishedAt',
      'tags',
      'snippet',
      'score',
    ]);
    expect(`${hit.title} ${hit.snippet}`.toLowerCase()).toContain('firewall');
  }
  const scores = body.hits.map(({ score }: { score: number }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  for (const facet of ['type', 'severity', 'source']) {
    const sum = body.facets[facet].reduce((total: number, { count }: { count: number }) => total + count, 0);
    expect(sum).toBe(body.total);
  }
  expect((await get('/search?q=firewall')).body.facets).toBeUndefined();
});

test('words, phrases, OR and - mean what they mean in web searches', async () => {
  const total = async (q: string): Promise<number> => (await get(`/search?q=${encodeURIComponent(q)}`)).body.total;
  const [a, b, both, either, without] = (await Promise.all(
    ['firewall', 'malware', 'firewall malware', 'firewall OR malware', 'firewall -malware'].map(total),
  )) as [number, number, number, number, number];
  expect(both).toBeGreaterThan(0);
  expect(either).toBe(a + b - both);
  expect(without).toBe(a - both);
  const { title } = (await get('/search?q=firewall&pageSize=1')).body.hits[0];
  expect(await total(`"${title.replaceAll('"', '')}"`)).toBeGreaterThan(0);
  expect(await total('thereisnosuchword')).toBe(0);
  expect(await total('"\'')).toBe(0);
});

test('filters and orders hold for every hit, and pages follow each other without gaps', async () => {
  const all = (await get('/search?q=firewall&sort=newest&pageSize=100')).body;
  const pages = await Promise.all(
    [1, 2, 3, 4].map((page) => get(`/search?q=firewall&sort=newest&pageSize=25&page=${page}`)),
  );
  expect(pages.flatMap(ids)).toEqual(all.hits.slice(0, 100).map(({ id }: { id: number }) => id));
  const at = ({ publishedAt }: { publishedAt: string }) => Date.parse(publishedAt);
  expect(all.hits.map(at)).toEqual(all.hits.map(at).sort((a: number, b: number) => b - a));
  const oldest = (await get('/search?q=firewall&sort=oldest&pageSize=100')).body.hits.map(at);
  expect(oldest).toEqual([...oldest].sort((a, b) => a - b));
  const severe = (await get('/search?sort=severity&severity=2&pageSize=100')).body.hits.map(
    (hit: Json) => hit.severity,
  );
  expect(severe).toEqual([...severe].sort((a, b) => b - a));
  expect(Math.min(...severe)).toBeGreaterThanOrEqual(2);

  const [{ type, source, tags, publishedAt }] = all.hits.filter((hit: Json) => hit.tags.length > 0);
  const to = new Date(Date.parse(publishedAt) + 1).toISOString();
  const filter = new URLSearchParams({ type, source, tag: tags[0], from: publishedAt, to, facets: 'true' });
  const { hits, facets } = (await get(`/search?${filter.toString()}`)).body;
  expect(hits.length).toBeGreaterThan(0);
  for (const hit of hits) expect(hit).toMatchObject({ type, source, publishedAt });
  expect(facets.source).toEqual([{ value: source, count: hits.length }]);
});

test('a page of most relevant hits is the same part of the whole, and beyond the last there is none', async () => {
  const all = ids(await get('/search?q=malware&pageSize=60'));
  const pages = await Promise.all([1, 2, 3].map((page) => get(`/search?q=malware&pageSize=20&page=${page}`)));
  expect(pages.flatMap(ids)).toEqual(all);
  const beyond = await get('/search?q=malware&page=501&pageSize=100');
  expect(beyond.body).toMatchObject({ hits: [], page: 501 });
  expect(beyond.body.total).toBeGreaterThan(0);
});

test.each(['relevance', 'newest', 'oldest', 'severity'] as const)(
  'both ways to find a page by %s, for few and for many matches, find what a plain query finds',
  async (sort) => {
    const orders = {
      relevance: `ts_rank(search, websearch_to_tsquery('simple', $1)) DESC, published_at DESC, id DESC`,
      newest: 'published_at DESC, id DESC',
      oldest: 'published_at, id',
      severity: 'severity DESC, published_at DESC, id DESC',
    };
    const plain = await database.sql.query(
      `SELECT id FROM documents WHERE search @@ websearch_to_tsquery('simple', $1) AND severity >= 1
       ORDER BY ${orders[sort]} LIMIT 30 OFFSET 60`,
      ['malware OR firewall'],
    );
    expect(plain.rows).toHaveLength(30);
    const query = { q: 'malware OR firewall', severity: 1, sort, page: 3, pageSize: 30, facets: false };
    for (const isTotalExact of [true, false]) {
      const { statement, values } = pageStatement(query, isTotalExact);
      const { rows } = await database.sql.query(statement.text, [...values]);
      expect(rows.map(({ id }) => ({ id }))).toEqual(plain.rows);
    }
  },
);

test('without words a search lists the newest documents', async () => {
  const { body } = await get('/search?pageSize=3');
  expect(body).toMatchObject({ query: '', total: DOCUMENTS, totalIsExact: true });
  expect(body.hits).toHaveLength(3);
  expect(body.hits[0].snippet.length).toBeGreaterThan(20);
});

test('a document is answered whole, a missing one is 404', async () => {
  const [hit] = (await get('/search?q=firewall&pageSize=1')).body.hits;
  const { status, body } = await get(`/documents/${hit.id}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ id: hit.id, title: hit.title, publishedAt: hit.publishedAt, tags: hit.tags });
  expect(Object.keys(body)).toEqual([
    'id',
    'type',
    'title',
    'body',
    'severity',
    'source',
    'host',
    'srcIp',
    'tags',
    'publishedAt',
  ]);
  expectProblem(await get(`/documents/${DOCUMENTS + 1}`), 404, 'not-found');
});

test('alerts come by severity, then newest, and cursors lead through all of them once', async () => {
  const items = await walk('/alerts?status=open&severity=3&limit=100');
  expect(items.length).toBeGreaterThan(100);
  const keys = items.map(({ severity, id }) => severity * 1e9 + id);
  expect(keys).toEqual([...new Set(keys)].sort((a, b) => b - a));
  for (const { status, severity } of items) expect([status, severity >= 3]).toEqual(['open', true]);
});

test('alerts of nobody and of the caller are told apart', async () => {
  const none = (await get('/alerts?assignee=none&status=open&limit=5')).body.items;
  expect(none.map(({ assignee }: Json) => assignee)).toEqual([null, null, null, null, null]);
  const before = (await walk('/alerts?assignee=me&limit=100')).length;
  expect((await service.request('POST', `/alerts/${none[0].id}/ack`, { token: analyst })).status).toBe(200);
  const mine = await walk('/alerts?assignee=me&limit=100');
  expect(mine.length).toBe(before + 1);
  expect(mine.map(({ id }) => id)).toContain(none[0].id);
});

test('an alert is answered with its events, a missing one is 404', async () => {
  const [item] = (await get('/alerts?limit=1')).body.items;
  const { body } = await get(`/alerts/${item.id}`);
  expect(body).toEqual({ ...item, events: expect.any(Array) });
  expect(Object.keys(item)).toEqual([
    'id',
    'rule',
    'entity',
    'title',
    'severity',
    'status',
    'assignee',
    'note',
    'eventCount',
    'firstEventAt',
    'createdAt',
    'correlationMs',
    'updatedAt',
  ]);
  expect(item.correlationMs).toBeCloseTo(Date.parse(item.createdAt) - Date.parse(item.firstEventAt), -1);
  for (const [method, path] of [
    ['GET', ''],
    ['PATCH', ''],
    ['POST', '/ack'],
  ] as const) {
    const json = method === 'PATCH' ? { note: 'x' } : undefined;
    expectProblem(
      await service.request(method, `/alerts/999999999${path}`, { token: analyst, json }),
      404,
      'not-found',
    );
  }
});

test('an acknowledgement assigns the alert to exactly one of those who try at the same time', async () => {
  const [{ id }] = (await get('/alerts?status=open&limit=1')).body.items;
  const tokens = await Promise.all(
    [20, 21, 22, 23].map(async (place) => (await service.signIn('analyst', place)).accessToken),
  );
  const answers = await Promise.all(tokens.map((token) => service.request('POST', `/alerts/${id}/ack`, { token })));
  const winner = answers.filter(({ status }) => status === 200);
  expect(winner).toHaveLength(1);
  expect(winner[0]?.body).toMatchObject({ id, status: 'acknowledged', assignee: expect.any(String) });
  for (const loser of answers.filter(({ status }) => status !== 200)) expectProblem(loser, 409, 'already-acknowledged');
});

test('an acknowledgement may come with an empty body of the type JSON', async () => {
  const [{ id }] = (await get('/alerts?status=open&limit=1')).body.items;
  const headers = { 'content-type': 'application/json' };
  expect((await service.request('POST', `/alerts/${id}/ack`, { token: analyst, headers })).status).toBe(200);
});

test('a change keeps what it does not name', async () => {
  const [{ id, severity }] = (await get('/alerts?status=open&limit=1')).body.items;
  const noted = await patch(`/alerts/${id}`, { note: 'seen before', assignee: 'me' });
  expect(noted.body).toMatchObject({ id, severity, status: 'open', note: 'seen before', assignee: expect.any(String) });
  const moved = await patch(`/alerts/${id}`, { assignee: 'none', severity: 1 });
  expect(moved.body).toMatchObject({ severity: 1, note: 'seen before', assignee: null });
  expect((await patch(`/alerts/${id}`, { note: null })).body.note).toBeNull();
  const { username } = (await get('/admin/users?limit=1', admin)).body.items[0];
  expect((await patch(`/alerts/${id}`, { assignee: username })).body.assignee).toBe(username);
  expect(Date.parse(moved.body.updatedAt)).toBeGreaterThan(Date.parse(moved.body.createdAt));
});

test.each([
  [{}, '/body'],
  [{ status: 'ignored' }, '/body/status'],
  [{ assignee: 'nobody.at.all' }, '/body/assignee'],
  [{ assignee: null }, '/body/assignee'],
  [{ owner: 'me' }, '/body/owner'],
])('the change %j of an alert is refused', async (json, path) => {
  const answer = await patch('/alerts/1', json);
  expectProblem(answer, 400, 'validation');
  expect(answer.body.errors[0].path).toBe(path);
});

test('a critical alert may be closed by leads and admins, not by analysts', async () => {
  const [first, second, third] = (await get('/alerts?status=open&severity=4&limit=3')).body.items;
  const refused = await patch(`/alerts/${first.id}`, { status: 'closed' });
  expectProblem(refused, 403, 'forbidden');
  expect((await get(`/alerts/${first.id}`)).body.status).toBe('open');
  expect((await patch(`/alerts/${second.id}`, { status: 'closed' }, lead)).body.status).toBe('closed');
  expect((await patch(`/alerts/${third.id}`, { status: 'closed' }, admin)).body.status).toBe('closed');
  expect((await patch(`/alerts/${first.id}`, { status: 'acknowledged' })).status).toBe(200);
  const [{ id }] = (await walk('/alerts?status=open&limit=100')).filter(({ severity }) => severity === 3);
  expect((await patch(`/alerts/${id}`, { status: 'closed' })).body.status).toBe('closed');
});

test('threats come by score, by kind or value, page by page', async () => {
  const items = await walk('/threats?kind=ip&minScore=70&limit=100');
  expect(items.length).toBeGreaterThan(100);
  const scores = items.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(Math.min(...scores)).toBeGreaterThanOrEqual(70);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  const [known] = items;
  expect((await get(`/threats?value=${encodeURIComponent(known.value)}`)).body).toEqual({
    items: [known],
    nextCursor: null,
  });
  expect((await get('/threats?value=unknown')).body.items).toEqual([]);
  expect((await get(`/threats?value=${encodeURIComponent(known.value)}&kind=cve`)).body.items).toEqual([]);
});

test('the dashboard adds up', async () => {
  const { status, body } = await get('/dashboard');
  expect(status).toBe(200);
  expect(body.dataThrough).toBe('2026-06-30T23:59:59.000Z');
  const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
  const counts = (list: { count: number }[]): number[] => list.map(({ count }) => count);
  expect(sum(Object.values(body.alerts.byStatus))).toBe(20_000);
  expect(sum(counts(body.alerts.bySeverity))).toBe(20_000);
  expect(body.alerts.perHour).toHaveLength(24);
  expect(sum(counts(body.alerts.perHour))).toBeGreaterThan(0);
  expect(body.topSources.length).toBeGreaterThan(1);
  expect(body.latestCritical.map(({ severity }: Json) => severity)).toEqual([4, 4, 4, 4, 4]);
  expect(body.queue).toEqual({ depth: 0, lagMs: 0 });
});

test('time series, top talkers and heat map count the same documents', async () => {
  const range = 'from=2026-06-01T00:00:00Z&to=2026-06-29T00:00:00Z';
  const total = (await get(`/search?${range}`)).body.total;
  const sum = (list: { count: number }[]): number => list.reduce((all, { count }) => all + count, 0);
  for (const groupBy of ['severity', 'source', 'type']) {
    for (const interval of ['hour', 'day']) {
      const { points } = (
        await get(`/analytics/timeseries?metric=documents&interval=${interval}&groupBy=${groupBy}&${range}`)
      ).body;
      expect(sum(points)).toBe(total);
    }
  }
  const { cells } = (await get(`/analytics/heatmap?${range}`)).body;
  expect(sum(cells)).toBe(total);
  expect(cells.length).toBeLessThanOrEqual(168);
  for (const { weekday, hour, meanSeverity } of cells) {
    expect([weekday >= 1 && weekday <= 7, hour >= 0 && hour <= 23, meanSeverity >= 0 && meanSeverity <= 4]).toEqual([
      true,
      true,
      true,
    ]);
  }
  const { items } = (await get(`/analytics/top-talkers?field=source&limit=100&${range}`)).body;
  expect(sum(items)).toBe(total);
  expect(items.map(({ count }: Json) => count)).toEqual(
    items.map(({ count }: Json) => count).sort((a: number, b: number) => b - a),
  );
  expect((await get(`/analytics/top-talkers?field=srcIp&limit=2&${range}`)).body.items).toHaveLength(2);
});

test('days and hours are cut in UTC', async () => {
  const { points } = (await get('/analytics/timeseries?interval=day&from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z'))
    .body;
  expect([...new Set(points.map(({ at }: Json) => at))]).toEqual(['2026-06-01T00:00:00.000Z']);
  const monday = (await get('/analytics/heatmap?from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z')).body.cells;
  expect([...new Set(monday.map(({ weekday }: Json) => weekday))]).toEqual([1]);
});

test('a time series of alerts can be split by rule', async () => {
  const { points } = (await get('/analytics/timeseries?metric=alerts&groupBy=type')).body;
  const rules = new Set(points.map(({ group }: Json) => group));
  expect(rules.has('malware')).toBe(true);
});

test('only admins see and change users, and nobody sees a password hash', async () => {
  for (const token of [analyst, lead]) {
    expectProblem(await get('/admin/users', token), 403, 'forbidden');
    expectProblem(await patch('/admin/users/1', { role: 'admin' }, token), 403, 'forbidden');
  }
  const users = await walk('/admin/users?limit=100', admin);
  expect(users).toHaveLength(500);
  expect(Object.keys(users[0])).toEqual(['id', 'username', 'role', 'disabled', 'createdAt']);
  expect(await walk('/admin/users?limit=100&role=admin', admin)).toHaveLength(10);
  const { id } = users[499];
  expect((await patch(`/admin/users/${id}`, { role: 'lead' }, admin)).body).toMatchObject({ id, role: 'lead' });
  expectProblem(await patch('/admin/users/501', { role: 'lead' }, admin), 404, 'not-found');
  expectProblem(await patch(`/admin/users/${id}`, { role: 'root' }, admin), 400, 'validation');
  expectProblem(await patch(`/admin/users/${id}`, {}, admin), 400, 'validation');
});

test('metrics tell requests by route, queries, pool, cache, queue, and how the process does', async () => {
  await get('/alerts/999999999');
  await get('/no/such/path');
  const { status, headers, body } = await service.request('GET', '/metrics');
  expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
  for (const line of [
    /^http_request_duration_seconds_count\{method="GET",route="\/alerts\/:id",status_class="4xx"\} [1-9]/m,
    /^http_request_duration_seconds_count\{method="GET",route="unmatched",status_class="4xx"\} [1-9]/m,
    /^http_requests_in_flight 1$/m,
    /^pg_query_duration_seconds_count\{query="search-page"\} [1-9]/m,
    /^pg_pool_connections\{pool="http",state="total"\} [1-9]/m,
    /^pg_pool_waiting\{pool="http"\} 0$/m,
    /^pg_pool_wait_seconds_count\{pool="http"\} [1-9]/m,
    /^cache_requests_total\{namespace="search",result="miss"\} [1-9]/m,
    /^queue_depth\{queue="correlate"\} 0$/m,
    /^queue_lag_seconds\{queue="report"\} 0$/m,
    /^sign_ins_total\{result="success"\} [1-9]/m,
    /^nodejs_eventloop_lag_p99_seconds /m,
    /^nodejs_eventloop_utilization_ratio [01]/m,
    /^nodejs_heap_size_used_bytes /m,
    /^nodejs_gc_duration_seconds_count/m,
    /^# TYPE events_accepted_total counter/m,
    /^# TYPE alerts_raised_total counter/m,
  ]) {
    expect(body).toMatch(line);
  }
});

test('a client that goes away while its answer is made is counted and leaves nothing in flight', async () => {
  const port = Number(new URL(service.url).port);
  const headers = { authorization: `Bearer ${analyst}` };
  const path = '/search?q=firewall+OR+malware&sort=severity&facets=true&pageSize=100';
  await new Promise<void>((resolve) => {
    const request = httpRequest({ port, host: '127.0.0.1', path, headers }, () => resolve());
    request.on('error', () => resolve());
    request.on('socket', (socket) => socket.on('connect', () => setTimeout(() => request.destroy(), 2)));
    request.end();
  });
  const metrics = () => service.request('GET', '/metrics');
  await until(metrics, ({ body }) => /^http_requests_in_flight 1$/m.test(body));
  expect((await metrics()).body).toMatch(/route="\/search",status_class="aborted"/);
});
