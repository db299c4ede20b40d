import { replaceAnswer } from '../answers/answer.ts';
import { nameOf, noteDeparture, setHeader } from '../answers/request.ts';
import type { RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { complain, count } from '../metrics.ts';
import { renew } from './renewal.ts';
import { isDue, sessionOf } from './session.ts';
import { repeat } from './side-request.ts';

/**
 * For `beforeRequest` of a journey: puts the user's access token on the request, renewed first when its end is near, and
 * notes when the request leaves. Before the sign-in, and towards other hosts than the target, no token is sent.
 */
export async function authorize(request: RequestParams, context: VUContext, events: VUEvents): Promise<void> {
  const session = sessionOf(context);
  if (session !== undefined && goesToTarget(request, context)) {
    if (isDue(session, performance.now())) await renew(session, context, events);
    setHeader(request, 'authorization', `Bearer ${session.accessToken}`);
  }
  noteDeparture(request);
}

/**
 * After a 401 that nobody expected: renews the token once and sends the request once more, whose answer counts from then
 * on. A token that was renewed while the request was under way is not renewed again.
 */
export async function recoverFrom401(request: RequestParams, context: VUContext, events: VUEvents): Promise<void> {
  const session = sessionOf(context);
  const sent = sentToken(request);
  if (session === undefined || sent === undefined) return;
  if (sent === session.accessToken && !(await renew(session, context, events))) return;
  count(events, 'auth.repeated_requests');
  const answer = await repeat(request, session.accessToken);
  if (answer === undefined) complain(events, nameOf(request), 'no answer when repeated with a new token');
  else replaceAnswer(request, answer);
}

function goesToTarget(request: RequestParams, context: VUContext): boolean {
  const [url, target] = [String(request.url), String(context.vars.target)];
  return url.startsWith('/') || url === target || url.startsWith(target.endsWith('/') ? target : `${target}/`);
}

function sentToken(request: RequestParams): string | undefined {
  const header: unknown = (request.headers as Record<string, unknown> | undefined)?.authorization;
  return typeof header === 'string' && header.startsWith('Bearer ') ? header.slice('Bearer '.length) : undefined;
}
