import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccessTokens } from '../../fixtures/platform/src/http/auth/access-tokens.ts';
import { accountOf, until } from './platform/client.ts';
import { expectProblem } from './platform/problem.ts';
import { startTestDatabase, type TestDatabase } from './platform/test-database.ts';
import { JWT_SECRET, startTestService, type TestService } from './platform/test-service.ts';

let database: TestDatabase;
let service: TestService;

beforeAll(async () => {
  database = await startTestDatabase();
  service = await startTestService(database.url);
}, 60_000);

afterAll(async () => {
  await service.close();
  await database.stop();
});

function credentialsOf(role: string, place: number) {
  const { username, password } = accountOf(role, place);
  return { username, password };
}

const refresh = (refreshToken: string) => service.request('POST', '/auth/refresh', { json: { refreshToken } });

test('a sign-in answers tokens and who signed in, and the access token opens a route', async () => {
  const json = credentialsOf('lead', 0);
  const { status, body } = await service.request('POST', '/auth/login', { json });
  expect(status).toBe(200);
  expect(body).toEqual({
    accessToken: expect.any(String),
    refreshToken: expect.any(String),
    tokenType: 'Bearer',
    expiresIn: 900,
    user: { id: expect.any(Number), username: json.username, role: 'lead' },
  });
  expect((await service.request('GET', '/threats', { token: body.accessToken })).status).toBe(200);
});

test('a wrong password and an unknown account get the same answer', async () => {
  const { username } = accountOf('analyst', 1);
  const [wrong, unknown] = await Promise.all([
    service.request('POST', '/auth/login', { json: { username, password: 'wrong' } }),
    service.request('POST', '/auth/login', { json: { username: 'nobody', password: 'wrong' } }),
  ]);
  expectProblem(wrong, 401, 'invalid-credentials');
  expect(unknown.body).toEqual(wrong.body);
});

test('credentials are checked for their form before anything else', async () => {
  const answer = await service.request('POST', '/auth/login', { json: { username: 7, extra: true } });
  expectProblem(answer, 400, 'validation');
  expect(answer.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    '/body/extra',
    '/body/password',
    '/body/username',
  ]);
});

test('without a token, with nonsense, with another key and after its end a token is refused, each for its reason', async () => {
  const caller = { id: 1, username: 'x', role: 'analyst' } as const;
  const foreign = createAccessTokens('another key', 60).sign(caller);
  const old = createAccessTokens(JWT_SECRET, 1, () => Date.now() - 10_000).sign(caller);
  const missing = await service.request('GET', '/alerts');
  expectProblem(missing, 401, 'missing-token');
  expect(missing.headers.get('www-authenticate')).toBe('Bearer');
  expectProblem(
    await service.request('GET', '/alerts', { headers: { authorization: 'Basic YTpi' } }),
    401,
    'missing-token',
  );
  expectProblem(await service.request('GET', '/alerts', { token: 'nonsense' }), 401, 'invalid-token');
  expectProblem(await service.request('GET', '/alerts', { token: foreign }), 401, 'invalid-token');
  expectProblem(await service.request('GET', '/alerts', { token: old }), 401, 'token-expired');
});

test('an access token ends after the time that is set, and its refresh token gives a new one', async () => {
  const brief = await startTestService(database.url, { ACCESS_TOKEN_SECONDS: '1' });
  try {
    const tokens = await brief.signIn('analyst', 2);
    const ask = () => brief.request('GET', '/threats', { token: tokens.accessToken });
    expect((await ask()).status).toBe(200);
    expectProblem(await until(ask, ({ status }) => status !== 200), 401, 'token-expired');
    const { body } = await brief.request('POST', '/auth/refresh', { json: { refreshToken: tokens.refreshToken } });
    expect(body.expiresIn).toBe(1);
    expect((await brief.request('GET', '/threats', { token: body.accessToken })).status).toBe(200);
  } finally {
    await brief.close();
  }
});

test('a refresh token works once; using it again revokes every token of its sign-in, and no other', async () => {
  const first = await service.signIn('analyst', 3);
  const other = await service.signIn('analyst', 3);
  const second = await refresh(first.refreshToken);
  expect(second.status).toBe(200);
  expect(second.body.refreshToken).not.toBe(first.refreshToken);
  expectProblem(await refresh(first.refreshToken), 401, 'token-reused');
  expectProblem(await refresh(second.body.refreshToken), 401, 'invalid-token');
  expect((await refresh(other.refreshToken)).status).toBe(200);
});

test('of requests with the same refresh token at the same time exactly one wins, and the family is revoked', async () => {
  for (const place of [4, 5, 6]) {
    const { refreshToken } = await service.signIn('analyst', place);
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    for (const loser of answers.filter(({ status }) => status !== 200)) expectProblem(loser, 401, 'token-reused');
    expectProblem(await refresh(winners[0]?.body.refreshToken), 401, 'invalid-token');
  }
});

test('no token outlives the reuse of an older one, even one that is made at the same moment', async () => {
  for (let round = 0; round < 10; round += 1) {
    const first = await service.signIn('analyst', 14);
    const second = (await refresh(first.refreshToken)).body;
    const [reuse, rotation] = await Promise.all([refresh(first.refreshToken), refresh(second.refreshToken)]);
    expectProblem(reuse, 401, 'token-reused');
    const last = rotation.status === 200 ? rotation.body.refreshToken : second.refreshToken;
    expect((await refresh(last)).status).toBe(401);
  }
});

test('an unknown refresh token and one after its end are not valid', async () => {
  expectProblem(await refresh('nonsense'), 401, 'invalid-token');
  const brief = await startTestService(database.url, { REFRESH_TOKEN_SECONDS: '1' });
  try {
    const { refreshToken } = await brief.signIn('analyst', 7);
    // Asking whether it has ended would use it.
    await sleep(1_050);
    expectProblem(await brief.request('POST', '/auth/refresh', { json: { refreshToken } }), 401, 'invalid-token');
  } finally {
    await brief.close();
  }
});

test('signing out revokes every token of the sign-in; a token of somebody else is left alone', async () => {
  const mine = await service.signIn('analyst', 8);
  const theirs = await service.signIn('analyst', 9);
  const rotated = (await refresh(mine.refreshToken)).body;
  const signOut = (refreshToken: string) =>
    service.request('POST', '/auth/logout', { token: rotated.accessToken, json: { refreshToken } });
  expect((await signOut(theirs.refreshToken)).status).toBe(204);
  expect((await refresh(theirs.refreshToken)).status).toBe(200);
  const answer = await signOut(mine.refreshToken);
  expect([answer.status, answer.body]).toEqual([204, '']);
  expectProblem(await refresh(rotated.refreshToken), 401, 'invalid-token');
  expectProblem(await service.request('POST', '/auth/logout', { json: { refreshToken: 'x' } }), 401, 'missing-token');
});

test('attempts beyond the limit of an account are refused with a time to wait, also for an account that nobody has', async () => {
  const limited = await startTestService(database.url, { SIGNIN_LIMIT: '3' });
  try {
    const attempt = (username: string) =>
      limited.request('POST', '/auth/login', { json: { username, password: 'wrong' } });
    for (const username of [accountOf('analyst', 10).username, 'nobody']) {
      for (let round = 0; round < 3; round += 1) expectProblem(await attempt(username), 401, 'invalid-credentials');
      const refused = await attempt(username);
      expectProblem(refused, 429, 'too-many-sign-ins');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    }
    await limited.signIn('analyst', 11);
  } finally {
    await limited.close();
  }
});

test('a disabled account can neither sign in nor refresh, and comes back without its old sessions', async () => {
  const { accessToken: token } = await service.signIn('admin');
  const credentials = credentialsOf('analyst', 12);
  const { status, body: tokens } = await service.request('POST', '/auth/login', { json: credentials });
  expect(status).toBe(200);
  const change = (json: object) => service.request('PATCH', `/admin/users/${tokens.user.id}`, { token, json });
  expect((await change({ disabled: true })).body).toMatchObject({ username: credentials.username, disabled: true });
  expectProblem(await refresh(tokens.refreshToken), 401, 'invalid-token');
  expectProblem(await service.request('POST', '/auth/login', { json: credentials }), 401, 'invalid-credentials');
  expect((await change({ disabled: false })).body.disabled).toBe(false);
  expectProblem(await refresh(tokens.refreshToken), 401, 'invalid-token');
  expect((await service.request('POST', '/auth/login', { json: credentials })).status).toBe(200);
});

test('a changed role counts from the next refresh on', async () => {
  const { accessToken: token } = await service.signIn('admin');
  const tokens = (await service.request('POST', '/auth/login', { json: credentialsOf('analyst', 13) })).body;
  await service.request('PATCH', `/admin/users/${tokens.user.id}`, { token, json: { role: 'admin' } });
  expectProblem(await service.request('GET', '/admin/users', { token: tokens.accessToken }), 403, 'forbidden');
  const { body } = await refresh(tokens.refreshToken);
  expect(body.user.role).toBe('admin');
  expect((await service.request('GET', '/admin/users', { token: body.accessToken })).status).toBe(200);
});
