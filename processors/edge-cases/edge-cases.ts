import { answerTo } from '../answers/answer.ts';
import { judgeElsewhere } from '../answers/expectation.ts';
import { sendText, setHeader } from '../answers/request.ts';
import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { count } from '../metrics.ts';
import { userOf } from '../virtual-user.ts';
import { type EdgeCase, type EdgeKind, judge, parseEdgeKind, pickEdgeKind } from './edge-case.ts';
import { drawBadToken, drawMalformedBody, oversizedBody } from './payloads.ts';

interface EdgeVariables {
  /** The wrong thing that this user does. */
  edge?: EdgeCase;
  /** Set in the YAML, all users do the same wrong thing. */
  edgeKind?: unknown;
}

/** A `function:` step: draws what this user will do wrong. The variable `edgeKind` leaves no choice. */
export async function drawEdgeCase(context: VUContext): Promise<void> {
  const random = userOf(context).stream('edge case');
  const variables: EdgeVariables = context.vars;
  const drawn = pickEdgeKind(random);
  const kind = variables.edgeKind === undefined ? drawn : parseEdgeKind(variables.edgeKind);
  variables.edge = { kind, nobody: `nobody-${random.hex(12)}`, attempts: 0, isOver: false };
}

/** For `ifTrue`. */
export const mistypesPassword = isKind('wrong_password');
/** For `ifTrue`. */
export const hasBadToken = isKind('bad_token');
/** For `ifTrue`. */
export const sendsNonsense = isKind('malformed_payload');
/** For `ifTrue`. */
export const losesTheWay = isKind('unknown_route');
/** For `ifTrue`. */
export const seeksForbidden = isKind('forbidden');
/** For `ifTrue`. */
export const sendsTooMuch = isKind('oversized_body');
/** For `ifTrue`. */
export const triesTooOften = isKind('rate_limit');

/** For `whileTrue`: the sign-in has not been refused for being tried too often. */
export function mayTryAgain(context: VUContext, done: (goOn: boolean) => void): void {
  const { edge }: EdgeVariables = context.vars;
  done(edge?.kind === 'rate_limit' && !edge.isOver);
}

/** For `beforeRequest` of any edge case: whether the answer is right is decided by `judgeEdgeCase`. */
export async function expectRefusal(request: RequestParams): Promise<void> {
  judgeElsewhere(request);
}

/** For `beforeRequest`: a token that nobody signed. */
export async function useBadToken(request: RequestParams, context: VUContext): Promise<void> {
  judgeElsewhere(request);
  setHeader(request, 'authorization', `Bearer ${drawBadToken(userOf(context).stream('bad token'))}`);
}

/** For `beforeRequest`: a body that makes no sense. */
export async function fillNonsense(request: RequestParams, context: VUContext): Promise<void> {
  judgeElsewhere(request);
  sendText(request, drawMalformedBody(userOf(context).stream('malformed body')));
}

/** For `beforeRequest`: a body of more than 1 MiB. */
export async function fillTooMuch(request: RequestParams): Promise<void> {
  judgeElsewhere(request);
  sendText(request, oversizedBody());
}

/**
 * For `afterResponse` of any edge case: counts `edge.<kind>.as_expected` when the platform refused as it should, and
 * otherwise `edge.unexpected` and an error.
 */
export async function judgeEdgeCase(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const { edge }: EdgeVariables = context.vars;
  if (edge === undefined || edge.isOver) return;
  edge.attempts += 1;
  const answer = answerTo(request, response);
  const judgement = judge(edge.kind, answer.status, edge.attempts, answer.header('retry-after'));
  edge.isOver = judgement.outcome !== 'not yet';
  if (judgement.outcome === 'as expected') count(events, `edge.${edge.kind}.as_expected`);
  if (judgement.outcome !== 'unexpected') return;
  count(events, 'edge.unexpected');
  count(events, `errors.edge.${edge.kind}: ${judgement.what}`);
}

function isKind(kind: EdgeKind): (variables: EdgeVariables) => boolean {
  return (variables) => variables.edge?.kind === kind && !variables.edge.isOver;
}
