import { createWeightedPick } from '../random/distributions.ts';

/** Wrong requests that a system must refuse, and the kinds in which `edge.<kind>.as_expected` is counted. */
export const EDGE_KINDS = [
  'wrong_password',
  'bad_token',
  'malformed_payload',
  'unknown_route',
  'forbidden',
  'oversized_body',
  'rate_limit',
] as const;

/** One of the kinds of wrong requests. */
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** What a user that tries an edge case knows. */
export interface EdgeCase {
  readonly kind: EdgeKind;
  /** A name that nobody has an account with, so that no real account is locked. */
  readonly nobody: string;
  /** How often the sign-in was tried. */
  attempts: number;
  /** The answer has been judged. */
  isOver: boolean;
}

const WEIGHTS: Readonly<Record<EdgeKind, number>> = {
  wrong_password: 20,
  bad_token: 20,
  malformed_payload: 20,
  unknown_route: 15,
  forbidden: 15,
  oversized_body: 6,
  // Each of its sign-ins costs the system a hashed password.
  rate_limit: 4,
};

/** Draws a kind; the costly ones are rare. */
export const pickEdgeKind = createWeightedPick(EDGE_KINDS, (kind) => WEIGHTS[kind]);

/** @throws Error naming the kinds; Artillery counts the message as an error and ends the user. */
export function parseEdgeKind(value: unknown): EdgeKind {
  const kind = EDGE_KINDS.find((known) => known === value);
  if (kind !== undefined) return kind;
  throw new Error(`the variable edgeKind is ${JSON.stringify(value)}; allowed are ${EDGE_KINDS.join(', ')}`);
}

const STATUS: Readonly<Record<EdgeKind, number>> = {
  wrong_password: 401,
  bad_token: 401,
  malformed_payload: 400,
  unknown_route: 404,
  forbidden: 403,
  oversized_body: 413,
  rate_limit: 429,
};

/** More attempts than any sensible limit allows in a minute. */
const MOST_ATTEMPTS = 30;

/** What an answer says about an edge case. */
export type Judgement =
  | { readonly outcome: 'as expected' }
  | { readonly outcome: 'not yet' }
  | { readonly outcome: 'unexpected'; readonly what: string };

/**
 * Judges the answer to an edge case.
 *
 * @param attempts how many requests were sent for it, this one included.
 * @param retryAfter the header, which a 429 must have, in whole seconds from 1.
 */
export function judge(kind: EdgeKind, status: number, attempts: number, retryAfter: string | undefined): Judgement {
  if (kind === 'rate_limit' && status === 401) {
    if (attempts < MOST_ATTEMPTS) return { outcome: 'not yet' };
    return { outcome: 'unexpected', what: `no 429 after ${MOST_ATTEMPTS} attempts` };
  }
  if (status !== STATUS[kind]) return { outcome: 'unexpected', what: `status ${status} instead of ${STATUS[kind]}` };
  if (kind === 'rate_limit' && !/^[1-9]\d*$/.test(retryAfter ?? '')) {
    return { outcome: 'unexpected', what: 'no Retry-After in whole seconds' };
  }
  return { outcome: 'as expected' };
}
