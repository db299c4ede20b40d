import { createRandom } from 'proving-ground/stats/random.ts';
import { describe, expect, test } from 'vitest';
import { createSession, isDue, mayRenew, noteFailure, type Session } from './session.ts';

const TOKENS = { accessToken: 'a', refreshToken: 'r' };

function sessionOfLife(expiresIn: number, label = 'x'): Session {
  const session = createSession({ ...TOKENS, expiresIn }, 1_000, createRandom(label));
  if (session === undefined) throw new Error('no session');
  return session;
}

describe('createSession', () => {
  test.each([
    [{}],
    [{ ...TOKENS }],
    [{ ...TOKENS, expiresIn: '900' }],
    [{ accessToken: 'a', expiresIn: 900 }],
    [{ accessToken: 7, refreshToken: 'r', expiresIn: 900 }],
    [undefined],
  ])('finds no session in %j', (answer) => {
    expect(createSession(answer, 0, createRandom('x'))).toBeUndefined();
  });

  test('renews a long-lived token when 10 to 30 % of its life are left, at another moment for each user', () => {
    const moments = Array.from({ length: 300 }, (_, user) => sessionOfLife(900, `user ${user}`).renewAtMs - 1_000);
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(630_000);
    expect(Math.max(...moments)).toBeLessThanOrEqual(810_000);
    // Spread over the whole span: no two hundred users renew within the same ten seconds.
    expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(150_000);
  });

  test('keeps at least 5 s in hand, or half of the life of a token that is shorter', () => {
    for (let user = 0; user < 50; user += 1) {
      expect(sessionOfLife(20, `user ${user}`).renewAtMs).toBeLessThanOrEqual(1_000 + 15_000);
      expect(sessionOfLife(2, `user ${user}`).renewAtMs).toBe(1_000 + 1_000);
    }
  });
});

test('a renewal is due from its moment on', () => {
  const session = sessionOfLife(2);
  expect(isDue(session, session.renewAtMs - 0.1)).toBe(false);
  expect(isDue(session, session.renewAtMs)).toBe(true);
});

describe('noteFailure', () => {
  test('doubles the wait from 1 s to 30 s', () => {
    const session = sessionOfLife(900);
    const waits = Array.from({ length: 7 }, () => {
      noteFailure(session, 5_000, false);
      return session.waitUntilMs - 5_000;
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect([mayRenew(session, 34_999), mayRenew(session, 35_000)]).toEqual([false, true]);
  });

  test('rules out another renewal after a refusal', () => {
    const session = sessionOfLife(900);
    noteFailure(session, 5_000, true);
    expect(mayRenew(session, Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});
