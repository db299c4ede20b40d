import { createRandom } from 'proving-ground/stats/random.ts';
import { describe, expect, test } from 'vitest';
import { isExpected } from '../answers/expectation.ts';
import type { VUContext } from '../artillery-types.ts';
import { arrive, errorsIn, goesOn, recordEvents, requestTo, respond } from '../testing/hook-bench.ts';
import { EDGE_KINDS } from './edge-case.ts';
import * as hooks from './edge-cases.ts';
import { drawBadToken, drawMalformedBody, oversizedBody } from './payloads.ts';

async function arriveWith(edgeKind: string): Promise<VUContext> {
  const context = arrive('Edge cases', { edgeKind });
  await hooks.drawEdgeCase(context);
  return context;
}

const CONDITIONS = [
  hooks.mistypesPassword,
  hooks.hasBadToken,
  hooks.sendsNonsense,
  hooks.losesTheWay,
  hooks.seeksForbidden,
  hooks.sendsTooMuch,
  hooks.triesTooOften,
];

describe('an edge case', () => {
  test.each(EDGE_KINDS.map((kind, index) => [kind, index] as const))(
    '%s takes exactly one way through the journey',
    async (kind, index) => {
      const context = await arriveWith(kind);
      expect(CONDITIONS.map((condition) => condition(context.vars))).toEqual(
        CONDITIONS.map((_, other) => other === index),
      );
    },
  );

  test('is counted as expected when it is refused as it should be', async () => {
    const [context, events] = [await arriveWith('unknown_route'), recordEvents()];
    await hooks.judgeEdgeCase(requestTo('/no'), respond(404), context, events);
    expect(Object.fromEntries(events.counters)).toEqual({ 'edge.unknown_route.as_expected': 1 });
  });

  test('is an error when it is not', async () => {
    const [context, events] = [await arriveWith('unknown_route'), recordEvents()];
    await hooks.judgeEdgeCase(requestTo('/no'), respond(200), context, events);
    expect(Object.fromEntries(events.counters)).toEqual({
      'edge.unexpected': 1,
      'errors.edge.unknown_route: status 200 instead of 404': 1,
    });
  });

  test('of guessing passwords goes on with 401 and ends with 429', async () => {
    const [context, events] = [await arriveWith('rate_limit'), recordEvents()];
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await hooks.judgeEdgeCase(requestTo('/auth/login'), respond(401), context, events);
      expect(goesOn(hooks.mayTryAgain, context)).toBe(true);
    }
    await hooks.judgeEdgeCase(requestTo('/auth/login'), respond(429, '', { 'retry-after': '41' }), context, events);
    expect(goesOn(hooks.mayTryAgain, context)).toBe(false);
    expect(Object.fromEntries(events.counters)).toEqual({ 'edge.rate_limit.as_expected': 1 });
  });

  test('does not loop when it is another one', async () => {
    expect(goesOn(hooks.mayTryAgain, await arriveWith('forbidden'))).toBe(false);
    expect(goesOn(hooks.mayTryAgain, arrive('Edge cases'))).toBe(false);
  });

  test.each([hooks.expectRefusal, hooks.useBadToken, hooks.fillNonsense, hooks.fillTooMuch])(
    'is not also judged by checkAnswer: %o',
    async (hook) => {
      const request = requestTo('/x');
      await hook(request, arrive('Edge cases'));
      expect(isExpected(request, 500)).toBe(true);
    },
  );

  test('tries accounts that nobody has, another one each time', async () => {
    const names = await Promise.all(Array.from({ length: 50 }, () => arriveWith('rate_limit')));
    expect(new Set(names.map(({ vars }) => vars.edge.nobody)).size).toBe(50);
  });

  test('replaces the token of the user by a bad one', async () => {
    const request = requestTo('/alerts', { headers: { authorization: 'Bearer good', 'x-trace': '1' } });
    await hooks.useBadToken(request, arrive('Edge cases'));
    expect(request.headers).toEqual({ authorization: expect.not.stringContaining('good'), 'x-trace': '1' });
  });
});

describe('payloads', () => {
  test('are too large by a little', () => {
    expect(Buffer.byteLength(oversizedBody())).toBeGreaterThan(1_048_576);
    expect(Buffer.byteLength(oversizedBody())).toBeLessThan(1_060_000);
  });

  test('are malformed in several ways', () => {
    const random = createRandom('bodies');
    expect(new Set(Array.from({ length: 100 }, () => drawMalformedBody(random))).size).toBe(6);
  });

  test('are tokens of both kinds: nonsense, and a signed-looking one that expired long ago', () => {
    const random = createRandom('tokens');
    const tokens = Array.from({ length: 20 }, () => drawBadToken(random));
    expect(tokens.filter((token) => /^[0-9a-f]{40}$/.test(token)).length).toBeGreaterThan(0);
    const claims = tokens.find((token) => token.includes('.'))?.split('.')[1] ?? '';
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ exp: 1_000_000_000 });
  });
});

test('an error is not counted twice when an answer comes after the end', async () => {
  const [context, events] = [await arriveWith('forbidden'), recordEvents()];
  await hooks.judgeEdgeCase(requestTo('/x'), respond(200), context, events);
  await hooks.judgeEdgeCase(requestTo('/x'), respond(200), context, events);
  expect(errorsIn(events)).toHaveLength(1);
  expect(events.counters.get('edge.unexpected')).toBe(1);
});
