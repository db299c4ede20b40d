import type { Random } from 'proving-ground/stats/random.ts';
import { type JsonObject, numberIn, textIn } from '../answers/json.ts';
import type { VUContext } from '../artillery-types.ts';

/** The tokens of one sign-in, and when they are to be renewed. Times are on the clock of `performance.now()`, in ms. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  /** From here on the access token is renewed before the next request. */
  renewAtMs: number;
  /** No renewal is tried before this: not at once after one failed, never again after a refusal. */
  waitUntilMs: number;
  /** How many renewals failed since the last that worked. */
  failures: number;
  /** The renewal under way, which all requests of the user wait for. True when it worked. */
  renewal: Promise<boolean> | undefined;
}

const SOONEST_SHARE = 0.1;
const LATEST_SHARE = 0.3;
const LEAST_MARGIN_MS = 5_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Reads the answer to a sign-in or a renewal.
 *
 * @returns undefined when a token or the life is missing.
 */
export function createSession(answer: JsonObject | undefined, nowMs: number, random: Random): Session | undefined {
  const accessToken = textIn(answer, 'accessToken');
  const refreshToken = textIn(answer, 'refreshToken');
  const lifeSeconds = numberIn(answer, 'expiresIn');
  if (accessToken === undefined || refreshToken === undefined || lifeSeconds === undefined) return undefined;
  const renewAtMs = nowMs + lifeSeconds * 1000 - marginMs(lifeSeconds * 1000, random);
  return { accessToken, refreshToken, renewAtMs, waitUntilMs: 0, failures: 0, renewal: undefined };
}

/**
 * How long before its end a token is renewed: 10 to 30 % of its life, drawn anew for each token, so that users who signed
 * in together do not all renew in the same moment; at least 5 s, or half of the life where that is shorter.
 */
function marginMs(lifeMs: number, random: Random): number {
  const share = SOONEST_SHARE + (LATEST_SHARE - SOONEST_SHARE) * random.next();
  return Math.max(share * lifeMs, Math.min(LEAST_MARGIN_MS, lifeMs / 2));
}

/** True when the token should be renewed before the next request. */
export function isDue(session: Session, nowMs: number): boolean {
  return nowMs >= session.renewAtMs;
}

/** True when a renewal may be tried now. */
export function mayRenew(session: Session, nowMs: number): boolean {
  return nowMs >= session.waitUntilMs;
}

/** Notes that a renewal failed. Waits double from 1 s to 30 s; a refused token (`final`) is never tried again. */
export function noteFailure(session: Session, nowMs: number, final: boolean): void {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** session.failures);
  session.failures += 1;
  session.waitUntilMs = final ? Infinity : nowMs + waitMs;
}

interface SessionVariables {
  session?: Session | undefined;
}

/** The session of a user: `session` among its variables, undefined before the sign-in and after the sign-out. */
export function sessionOf(context: VUContext): Session | undefined {
  const variables: SessionVariables = context.vars;
  return variables.session;
}

/** Replaces the session of a user. */
export function keepSession(context: VUContext, session: Session | undefined): void {
  const variables: SessionVariables = context.vars;
  variables.session = session;
}
