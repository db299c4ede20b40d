import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The answers of the reference platform, as large as its own and without its work: each is made once and sent again and
// again, so that the peak test measures who sends it, not who answers.

/** A request, read. */
export interface Question {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string;
  /** After `Bearer `; empty without one. */
  readonly token: string;
}

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const USERS = fileURLToPath(new URL('../../fixtures/data/users.csv', import.meta.url));
const LARGEST_BODY_BYTES = 1_048_576;
const SIGN_IN_LIMIT = 10;
const CRITICAL = 4;
const AT = '2026-06-30T12:00:00Z';

const ok = (value: unknown, headers: Answer['headers'] = {}): Answer => ({
  status: 200,
  body: JSON.stringify(value),
  headers,
});
const problem = (status: number, name: string, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers,
  body: JSON.stringify({ type: `/problems/${name}`, title: name, status, detail: name, instance: '/' }),
});
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const alertOf = (id: number): object => ({
  ...{ id: String(id), rule: 'malware', entity: `ws-fra-${id}`, title: `Malware on ws-fra-${id}`, severity: id % 5 },
  ...{ status: 'open', assignee: null, note: null, eventCount: 1, firstEventAt: AT, createdAt: AT },
  ...{ correlationMs: 2.5, updatedAt: AT },
});
const hitOf = (id: number): object => ({
  ...{ id: `doc-${id}`, type: 'advisory', title: `Advisory ${id} on something seen lately`, severity: id % 5 },
  ...{ source: 'edr', publishedAt: AT, tags: ['phishing', 'c2'], score: 1 / (id + 1) },
  snippet: `An actor was seen using **malware** number ${id} to move from one host to the next, and left a note.`,
});
const CACHED = { 'x-cache': 'hit' };

const ANSWERS = {
  search: ok({ query: 'malware', total: 45, totalIsExact: true, page: 1, pageSize: 20, hits: many(20, hitOf) }, CACHED),
  document: ok({ ...hitOf(1), body: 'Text of a document. '.repeat(100) }),
  alerts: ok({ items: many(25, alertOf), nextCursor: 'next' }),
  alert: ok({ ...alertOf(1), events: many(20, (id) => ({ id, source: 'edr', kind: 'dns.query', occurredAt: AT })) }),
  dashboard: ok(
    {
      ...{
        dataThrough: AT,
        alerts: { byStatus: { open: 1, acknowledged: 2, closed: 3 }, bySeverity: [], perHour: [] },
      },
      ...{ topSources: many(10, (id) => ({ value: `source-${id}`, count: id })), latestCritical: many(5, alertOf) },
      queue: { depth: 0, lagMs: 0 },
    },
    CACHED,
  ),
  points: ok({ points: many(168, (id) => ({ at: AT, group: 'edr', count: id })) }, CACHED),
  cells: ok({ cells: many(168, (id) => ({ weekday: 1, hour: id % 24, count: id, meanSeverity: 2 })) }, CACHED),
  talkers: ok({ items: many(20, (id) => ({ value: `10.0.0.${id}`, count: id, maxSeverity: 3 })) }, CACHED),
  ordered: { ...ok({ id: '1', status: 'queued' }), status: 202 },
  report: ok({ id: '1', kind: 'incident-summary', status: 'done', result: { alerts: 12 } }),
  accounts: ok({
    items: many(25, (id) => ({
      id: String(id),
      username: `user.${id}`,
      role: 'analyst',
      disabled: false,
      createdAt: AT,
    })),
    nextCursor: 'next',
  }),
  empty: { status: 204, body: '' },
} satisfies Record<string, Answer>;

const roles = new Map(
  readFileSync(USERS, 'utf8')
    .split('\n')
    .map((line): [string, string] => [line.split(',')[0] ?? '', line.split(',')[2]?.trim() ?? '']),
);
const attempts = new Map<string, number>();

/** Answers as the reference platform does to what the journeys of the peak test send, wrong requests included. */
export function answerTo(question: Question): Answer {
  const path = question.url.replace(/\?.*$/, '');
  if (path.startsWith('/auth/')) return signIn(path, question.body);
  if (!question.token.startsWith('access-')) return problem(401, 'invalid-token');
  if (path === '/events') return acceptEvents(question.body);
  if (path.startsWith('/admin/users')) {
    if (!question.token.endsWith('-admin')) return problem(403, 'forbidden');
    return question.method === 'PATCH' ? ok({ id: '1' }) : ANSWERS.accounts;
  }
  if (path.startsWith('/alerts/')) return alertAnswer(path, question);
  if (path.startsWith('/documents/')) return ANSWERS.document;
  if (path.startsWith('/reports')) return question.method === 'POST' ? ANSWERS.ordered : ANSWERS.report;
  return ROUTES[path] ?? problem(404, 'not-found');
}

const ROUTES: Readonly<Record<string, Answer>> = {
  '/search': ANSWERS.search,
  '/alerts': ANSWERS.alerts,
  '/dashboard': ANSWERS.dashboard,
  '/analytics/timeseries': ANSWERS.points,
  '/analytics/top-talkers': ANSWERS.talkers,
  '/analytics/heatmap': ANSWERS.cells,
};

function signIn(path: string, body: string): Answer {
  if (path === '/auth/logout') return ANSWERS.empty;
  const { username = '' } = JSON.parse(body) as { username?: string };
  const role = roles.get(username);
  if (role === undefined) {
    const tried = (attempts.get(username) ?? 0) + 1;
    attempts.set(username, tried);
    return tried > SIGN_IN_LIMIT ? problem(429, 'too-many-sign-ins', { 'retry-after': '60' }) : problem(401, 'invalid');
  }
  const token = `${'0123456789abcdef'.repeat(16)}-${role}`;
  const tokens = { accessToken: `access-${token}`, refreshToken: `refresh-${token}`, tokenType: 'Bearer' };
  return ok({ ...tokens, expiresIn: 900, user: { id: '1', username, role } });
}

function acceptEvents(body: string): Answer {
  if (body.length > LARGEST_BODY_BYTES) return problem(413, 'body-too-large');
  try {
    const events: unknown = JSON.parse(body);
    if (!Array.isArray(events) || events.length === 0) return problem(400, 'validation');
    return { status: 202, body: JSON.stringify({ batchId: 'b-1', accepted: events.length }) };
  } catch {
    return problem(400, 'validation');
  }
}

function alertAnswer(path: string, { method, body, token }: Question): Answer {
  if (method === 'GET') return ANSWERS.alert;
  const severity = Number(path.split('/')[2]) % 5;
  const closes = method === 'PATCH' && body.includes('"closed"');
  return closes && severity === CRITICAL && token.endsWith('-analyst') ? problem(403, 'forbidden') : ok(alertOf(1));
}
