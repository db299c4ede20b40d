import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { recoverFrom401 } from '../auth/authorize.ts';
import { complain, count, measure } from '../metrics.ts';
import { type Answer, answerOf, answerTo } from './answer.ts';
import { isExpected } from './expectation.ts';
import { nameOf } from './request.ts';

/**
 * For `afterResponse` of a journey: counts an answer that nobody expected as `errors.<name>: unexpected status <status>`.
 * Any success is expected unless a `beforeRequest` hook said otherwise. A 401 first leads to a new token and a second
 * try. Answers from the cache are counted on the way.
 */
export async function checkAnswer(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  if (answerOf(response).status === 401 && !isExpected(request, 401)) await recoverFrom401(request, context, events);
  const answer = answerTo(request, response);
  countCache(answer, events);
  if (!isExpected(request, answer.status)) complain(events, nameOf(request), `unexpected status ${answer.status}`);
}

function countCache(answer: Answer, events: VUEvents): void {
  const state = answer.header('x-cache');
  if (state !== 'hit' && state !== 'miss') return;
  count(events, `cache.${state}`);
  // The mean of these samples is the hit ratio in per cent, which no counter can be compared with in a rule.
  measure(events, 'cache.hit_ratio', state === 'hit' ? 100 : 0);
}
