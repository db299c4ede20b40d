import { describe, expect, test } from 'vitest';
import { arrive, errorsIn, recordEvents, requestTo, respond } from '../testing/hook-bench.ts';
import { checkAnswer } from './check-answer.ts';
import { expectStatuses, judgeElsewhere } from './expectation.ts';

describe('checkAnswer', () => {
  test.each([200, 204, 299])('takes %i for granted when nothing was said', async (status) => {
    const events = recordEvents();
    await checkAnswer(requestTo('/x'), respond(status), arrive('Journey'), events);
    expect(events.counters.size).toBe(0);
  });

  test.each([199, 300, 404, 500])('counts %i as an error under the name of the request', async (status) => {
    const events = recordEvents();
    await checkAnswer(requestTo('/x', { name: 'Search' }), respond(status), arrive('Journey'), events);
    expect(Object.fromEntries(events.counters)).toEqual({
      [`errors.Search: unexpected status ${status}`]: 1,
      'answers.unexpected': 1,
    });
  });

  test('counts a response without a status as well, and a request without a name', async () => {
    const events = recordEvents();
    await checkAnswer(requestTo('/x', { name: undefined }), {}, arrive('Journey'), events);
    expect(errorsIn(events)).toEqual(['errors.unnamed request: unexpected status 0']);
  });

  test('accepts what a hook said, and nothing else', async () => {
    const events = recordEvents();
    const request = requestTo('/x');
    expectStatuses(request, [403]);
    await checkAnswer(request, respond(403), arrive('Journey'), events);
    expect(errorsIn(events)).toEqual([]);
    await checkAnswer(request, respond(200), arrive('Journey'), events);
    expect(errorsIn(events)).toEqual(['errors.Request: unexpected status 200']);
  });

  test('leaves a request alone that its own hook judges', async () => {
    const events = recordEvents();
    const request = requestTo('/x');
    judgeElsewhere(request);
    await checkAnswer(request, respond(500), arrive('Journey'), events);
    expect(errorsIn(events)).toEqual([]);
  });

  test('counts hits and misses of the cache so that the mean is the hit ratio in per cent', async () => {
    const events = recordEvents();
    for (const state of ['hit', 'miss', 'hit', 'hit', 'stale']) {
      await checkAnswer(requestTo('/x'), respond(200, '{}', { 'x-cache': state }), arrive('Journey'), events);
    }
    expect(Object.fromEntries(events.counters)).toEqual({ 'cache.hit': 3, 'cache.miss': 1 });
    expect(events.samples.get('cache.hit_ratio')).toEqual([100, 0, 100, 100]);
  });
});
