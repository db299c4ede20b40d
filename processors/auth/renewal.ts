import { isSuccess } from '../answers/expectation.ts';
import { parseObject } from '../answers/json.ts';
import type { VUContext, VUEvents } from '../artillery-types.ts';
import { complain, count, measure } from '../metrics.ts';
import { userOf } from '../virtual-user.ts';
import { createSession, mayRenew, noteFailure, type Session } from './session.ts';
import { post } from './side-request.ts';

const ABOUT = 'Renew token';

/**
 * Trades the refresh token of a session for new tokens. Requests of the same user that ask at the same time share one
 * renewal: a refresh token can be used once, and using it twice would revoke the sign-in.
 *
 * @returns true when the session has new tokens. Never rejects; what went wrong is counted.
 */
export function renew(session: Session, context: VUContext, events: VUEvents): Promise<boolean> {
  if (session.renewal !== undefined) return session.renewal;
  if (!mayRenew(session, performance.now())) return Promise.resolve(false);
  session.renewal = tradeTokens(session, context, events).finally(() => {
    session.renewal = undefined;
  });
  return session.renewal;
}

async function tradeTokens(session: Session, context: VUContext, events: VUEvents): Promise<boolean> {
  const sentAtMs = performance.now();
  const answer = await post(`${context.vars.target}/auth/refresh`, { refreshToken: session.refreshToken });
  const nowMs = performance.now();
  if (answer === undefined) return failed(session, events, 'no answer');
  if (!isSuccess(answer.status)) {
    return failed(session, events, `unexpected status ${answer.status}`, answer.status === 401);
  }
  const renewed = createSession(parseObject(answer.text), nowMs, userOf(context).stream('renewal'));
  if (renewed === undefined) return failed(session, events, 'no tokens in the answer');
  Object.assign(session, renewed, { renewal: session.renewal });
  count(events, 'auth.refresh_success');
  measure(events, 'auth.refresh_time', nowMs - sentAtMs);
  return true;
}

function failed(session: Session, events: VUEvents, what: string, final = false): false {
  noteFailure(session, performance.now(), final);
  count(events, 'auth.refresh_failure');
  complain(events, ABOUT, what);
  return false;
}
