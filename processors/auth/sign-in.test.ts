import { describe, expect, test } from 'vitest';
import { noteDeparture } from '../answers/request.ts';
import { arrive, errorsIn, recordEvents, requestTo, respond } from '../testing/hook-bench.ts';
import { sessionOf } from './session.ts';
import { dropToken, keepToken } from './sign-in.ts';

const TOKENS = { accessToken: 'a', refreshToken: 'r', expiresIn: 900 };

describe('keepToken', () => {
  test('keeps the tokens and measures the sign-in', async () => {
    const [context, events, request] = [arrive('Journey'), recordEvents(), requestTo('/auth/login')];
    noteDeparture(request);
    await keepToken(request, respond(200, TOKENS), context, events);
    expect(sessionOf(context)).toMatchObject({ accessToken: 'a', refreshToken: 'r' });
    expect(events.samples.get('auth.sign_in_time')).toHaveLength(1);
  });

  test.each([401, 429, 500, 0])('ends the user when the sign-in is answered with %i', async (status) => {
    const context = arrive('Journey');
    const attempt = keepToken(requestTo('/auth/login'), respond(status, TOKENS), context, recordEvents());
    await expect(attempt).rejects.toThrow('a user left because the sign-in failed');
    expect(sessionOf(context)).toBeUndefined();
  });

  test.each(['', '<html>', '{}', '{"accessToken":"a"}'])(
    'ends the user and says why when the answer is %j',
    async (body) => {
      const events = recordEvents();
      const attempt = keepToken(
        requestTo('/auth/login', { name: 'Sign in' }),
        respond(200, body),
        arrive('Journey'),
        events,
      );
      await expect(attempt).rejects.toThrow('a user left because the sign-in failed');
      expect(errorsIn(events)).toEqual(['errors.Sign in: no tokens in the answer']);
    },
  );
});

test('dropToken forgets the session', async () => {
  const context = arrive('Journey');
  await keepToken(requestTo('/auth/login'), respond(200, TOKENS), context, recordEvents());
  await dropToken(requestTo('/auth/logout'), respond(204), context);
  expect(sessionOf(context)).toBeUndefined();
});
