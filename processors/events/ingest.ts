import { answerTo } from '../answers/answer.ts';
import { isSuccess } from '../answers/expectation.ts';
import { idIn, numberIn, parseObject } from '../answers/json.ts';
import { departureOf, nameOf, sendText } from '../answers/request.ts';
import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { complain, count } from '../metrics.ts';
import { createWatch } from '../polling.ts';
import { userOf } from '../virtual-user.ts';
import { drawAttack, drawBatch } from './batch.ts';
import type { AttackVariables } from './detection.ts';
import { indicatorsOf } from './indicators.ts';

/** For `beforeRequest`: the next batch of routine events. */
export async function fillBatch(request: RequestParams, context: VUContext): Promise<void> {
  sendText(request, JSON.stringify(drawBatch(userOf(context).stream('batch'), indicatorsOf(context))));
}

/** For `beforeRequest`: a batch that must raise an alert. */
export async function fillAttack(request: RequestParams, context: VUContext): Promise<void> {
  sendText(request, JSON.stringify(drawAttack(userOf(context).stream('attack'), indicatorsOf(context))));
}

/** For `afterResponse` of routine events: counts `events.accepted`. */
export async function countAccepted(
  request: RequestParams,
  response: HttpResponse,
  _context: VUContext,
  events: VUEvents,
): Promise<void> {
  readReceipt(request, response, events);
}

/** For `afterResponse` of an attack: counts its events and starts the clock of `threats.detection_time`. */
export async function watchForDetection(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const variables: AttackVariables = context.vars;
  const receipt = readReceipt(request, response, events);
  variables.attack = receipt && { ...receipt, ...createWatch(departureOf(request)), isOver: false };
}

interface Receipt {
  readonly batchId: string;
  readonly accepted: number;
}

function readReceipt(request: RequestParams, response: HttpResponse, events: VUEvents): Receipt | undefined {
  const answer = answerTo(request, response);
  if (!isSuccess(answer.status)) return undefined;
  const body = parseObject(answer.text);
  const [batchId, accepted] = [idIn(body, 'batchId'), numberIn(body, 'accepted')];
  if (batchId === undefined || accepted === undefined) {
    complain(events, nameOf(request), 'no batch in the answer');
    return undefined;
  }
  count(events, 'events.accepted', accepted);
  return { batchId, accepted };
}
