import { answerTo } from '../answers/answer.ts';
import { isSuccess } from '../answers/expectation.ts';
import { parseObject } from '../answers/json.ts';
import { elapsedMs, nameOf } from '../answers/request.ts';
import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { complain, measure } from '../metrics.ts';
import { userOf } from '../virtual-user.ts';
import { createSession, keepSession } from './session.ts';

/** Artillery counts the message of an error that a hook ends with as `errors.<message>`, and ends the user. */
const LEFT = 'a user left because the sign-in failed';

/**
 * For `afterResponse` of a sign-in: keeps the tokens as the variable `session` and measures `auth.sign_in_time`. A user who
 * cannot sign in leaves, and is a failed virtual user, instead of getting one 401 after the other.
 */
export async function keepToken(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const answer = answerTo(request, response);
  // The status itself has been counted by checkAnswer.
  if (!isSuccess(answer.status)) throw new Error(LEFT);
  const session = createSession(parseObject(answer.text), performance.now(), userOf(context).stream('renewal'));
  if (session === undefined) {
    complain(events, nameOf(request), 'no tokens in the answer');
    throw new Error(LEFT);
  }
  keepSession(context, session);
  measure(events, 'auth.sign_in_time', elapsedMs(request));
}

/** For `afterResponse` of a sign-out: the tokens are worth nothing any more. */
export async function dropToken(_request: RequestParams, _response: HttpResponse, context: VUContext): Promise<void> {
  keepSession(context, undefined);
}
