import { afterEach, describe, expect, test, vi } from 'vitest';
import { answerTo } from '../answers/answer.ts';
import { checkAnswer } from '../answers/check-answer.ts';
import { expectStatuses } from '../answers/expectation.ts';
import type { RequestParams, VUContext } from '../artillery-types.ts';
import { arrive, errorsIn, recordEvents, requestTo, respond } from '../testing/hook-bench.ts';
import { createTokenServer, type TokenServer, urlOf } from '../testing/token-server.ts';
import { authorize } from './authorize.ts';
import { keepSession, type Session } from './session.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function use(server: TokenServer): TokenServer {
  vi.spyOn(globalThis, 'fetch').mockImplementation(server.fetch);
  return server;
}

const FRESH = Number.MAX_SAFE_INTEGER;
const DUE = 0;

function signedIn(renewAtMs: number): VUContext {
  const context = arrive('Journey');
  const session: Session = {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    renewAtMs,
    waitUntilMs: 0,
    failures: 0,
    renewal: undefined,
  };
  keepSession(context, session);
  return context;
}

function authorizationOf(request: RequestParams): unknown {
  return (request.headers as Record<string, unknown>).authorization;
}

describe('authorize', () => {
  test('sends no token before the sign-in', async () => {
    const request = requestTo('http://platform.test/auth/login');
    await authorize(request, arrive('Journey'), recordEvents());
    expect(authorizationOf(request)).toBeUndefined();
  });

  test('puts the token on a request and keeps its other headers', async () => {
    const server = use(createTokenServer());
    const request = requestTo('http://platform.test/search', { headers: { 'x-trace': '1' } });
    await authorize(request, signedIn(FRESH), recordEvents());
    expect(request.headers).toEqual({ 'x-trace': '1', authorization: 'Bearer access-0' });
    expect(server.seen).toEqual([]);
  });

  test.each(['http://elsewhere.test/search', 'http://platform.test.evil/search', 'https://platform.test/search'])(
    'gives the token away to nobody else: %s',
    async (url) => {
      const request = requestTo(url);
      await authorize(request, signedIn(FRESH), recordEvents());
      expect(authorizationOf(request)).toBeUndefined();
    },
  );

  test('renews a token that is due, before the request leaves', async () => {
    const server = use(createTokenServer());
    const [context, events, request] = [signedIn(DUE), recordEvents(), requestTo('http://platform.test/search')];
    await authorize(request, context, events);
    expect(authorizationOf(request)).toBe('Bearer access-1');
    expect(server.seen).toMatchObject([{ path: '/auth/refresh', body: { refreshToken: 'refresh-0' } }]);
    expect(events.counters.get('auth.refresh_success')).toBe(1);
    expect(events.samples.get('auth.refresh_time')).toHaveLength(1);
  });

  test('renews once for requests of one user that leave at the same time', async () => {
    const server = use(createTokenServer());
    const [context, events] = [signedIn(DUE), recordEvents()];
    const requests = Array.from({ length: 5 }, () => requestTo('http://platform.test/search'));
    await Promise.all(requests.map((request) => authorize(request, context, events)));
    expect(server.renewals()).toBe(1);
    expect(new Set(requests.map(authorizationOf))).toEqual(new Set(['Bearer access-1']));
  });

  test.each([
    ['no answer', () => Promise.reject(new Error('connection refused'))],
    ['unexpected status 503', () => new Response('', { status: 503 })],
    ['unexpected status 401', () => new Response('', { status: 401 })],
    ['no tokens in the answer', () => Response.json({ accessToken: 'only' })],
    ['no tokens in the answer', () => new Response('<html>')],
  ])('counts a failed renewal (%s), goes on with the old token and does not try again at once', async (what, renew) => {
    const server = use(createTokenServer({ renew }));
    const [context, events] = [signedIn(DUE), recordEvents()];
    const request = requestTo('http://platform.test/search');
    await authorize(request, context, events);
    await authorize(requestTo('http://platform.test/search'), context, events);
    expect(authorizationOf(request)).toBe('Bearer access-0');
    expect(server.renewals()).toBe(1);
    expect(events.counters.get('auth.refresh_failure')).toBe(1);
    expect(errorsIn(events)).toEqual([`errors.Renew token: ${what}`]);
  });
});

describe('checkAnswer after a 401', () => {
  async function sendAndGet401(context: VUContext, events = recordEvents(), more: RequestParams = {}) {
    const request = requestTo('http://platform.test/events', more);
    await authorize(request, context, events);
    await checkAnswer(request, respond(401), context, events);
    return { request, events };
  }

  test('renews the token once and repeats the request once, whose answer counts', async () => {
    const server = use(createTokenServer());
    const { request, events } = await sendAndGet401(signedIn(FRESH), recordEvents(), {
      method: 'POST',
      json: { a: 1 },
    });
    expect(server.seen).toEqual([
      { path: '/auth/refresh', body: { refreshToken: 'refresh-0' }, authorization: undefined },
      { path: '/events', body: { a: 1 }, authorization: 'Bearer access-1' },
    ]);
    expect(answerTo(request, respond(401)).text).toBe('{"repeated":true}');
    expect(events.counters.get('auth.repeated_requests')).toBe(1);
    expect(errorsIn(events)).toEqual([]);
  });

  test('repeats a text body and parameters as they were', async () => {
    const server = use(createTokenServer());
    const calls = vi.mocked(globalThis.fetch).mock.calls;
    await sendAndGet401(signedIn(FRESH), recordEvents(), { method: 'POST', body: '{"b":2}', searchParams: 'page=2' });
    expect(server.seen.at(-1)?.body).toEqual({ b: 2 });
    expect(calls.at(-1)?.[0]).toBe('http://platform.test/events?page=2');
  });

  test('gives up after one repetition: a second 401 is an error', async () => {
    const stale = () => Response.json({ accessToken: 'stale', refreshToken: 'refresh-9', expiresIn: 900 });
    const server = use(createTokenServer({ renew: stale }));
    const { events } = await sendAndGet401(signedIn(FRESH));
    expect(server.seen.map(({ path }) => path)).toEqual(['/auth/refresh', '/events']);
    expect(errorsIn(events)).toEqual(['errors.Request: unexpected status 401']);
  });

  test('does not repeat when the token could not be renewed', async () => {
    const server = use(createTokenServer({ renew: () => new Response('', { status: 401 }) }));
    const { events } = await sendAndGet401(signedIn(FRESH));
    expect(server.seen.map(({ path }) => path)).toEqual(['/auth/refresh']);
    expect(errorsIn(events)).toEqual([
      'errors.Renew token: unexpected status 401',
      'errors.Request: unexpected status 401',
    ]);
  });

  test('only repeats when another request has renewed the token in the meantime', async () => {
    const server = use(createTokenServer());
    const [context, events] = [signedIn(FRESH), recordEvents()];
    const requests = [requestTo('http://platform.test/a'), requestTo('http://platform.test/b')];
    for (const request of requests) await authorize(request, context, events);
    for (const request of requests) await checkAnswer(request, respond(401), context, events);
    expect(server.renewals()).toBe(1);
    expect(events.counters.get('auth.repeated_requests')).toBe(2);
    expect(errorsIn(events)).toEqual([]);
  });

  test('leaves a 401 alone that was expected, and one of a request without a token', async () => {
    const server = use(createTokenServer());
    const expected = requestTo('http://platform.test/alerts');
    expectStatuses(expected, [401]);
    await checkAnswer(expected, respond(401), signedIn(FRESH), recordEvents());
    await checkAnswer(requestTo('http://platform.test/auth/login'), respond(401), arrive('Journey'), recordEvents());
    expect(server.seen).toEqual([]);
  });

  test('counts a repetition that gets no answer', async () => {
    const server = createTokenServer();
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
      return urlOf(input).endsWith('/auth/refresh') ? server.fetch(input, init) : Promise.reject(new Error('reset'));
    });
    const { events } = await sendAndGet401(signedIn(FRESH));
    expect(errorsIn(events)).toContain('errors.Request: no answer when repeated with a new token');
  });
});
