import { answerTo } from '../answers/answer.ts';
import { isSuccess } from '../answers/expectation.ts';
import { type JsonObject, numberIn, objectsIn, parseObject } from '../answers/json.ts';
import { nameOf } from '../answers/request.ts';
import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { complain, measure } from '../metrics.ts';
import { isHopeless, pauseBeforeLook, type Watch } from '../polling.ts';

/** The variables of a user that waits for an attack to be detected. */
export interface AttackVariables {
  attack?: Attack | undefined;
}

interface Attack extends Watch {
  /** What `GET /alerts?batch=` asks for. */
  readonly batchId: string;
  /** How many events were accepted. */
  readonly accepted: number;
  /** The alert was seen, or nobody waits for it any longer. */
  isOver: boolean;
}

/** A `function:` step: waits before looking for the alert (again). */
export async function pauseBeforeAlert(context: VUContext): Promise<void> {
  const { attack }: AttackVariables = context.vars;
  if (attack !== undefined && !attack.isOver) await pauseBeforeLook(attack);
}

/** For `ifTrue`: an attack was accepted, and its alert has not been seen. */
export function awaitsAlert(variables: AttackVariables): boolean {
  return variables.attack?.isOver === false;
}

/** For `whileTrue`: goes on looking for the alert. */
export function alertIsMissing(context: VUContext, done: (goOn: boolean) => void): void {
  done(awaitsAlert(context.vars));
}

/**
 * For `afterResponse` of `GET /alerts?batch=…`: once the alert is there, measures `threats.detection_time` from the moment
 * the attack was sent, and `alerts.correlation_time` as the platform states it.
 */
export async function lookForAlert(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const { attack }: AttackVariables = context.vars;
  if (attack === undefined || attack.isOver) return;
  const nowMs = performance.now();
  const answer = answerTo(request, response);
  attack.looks += 1;
  const alerts = isSuccess(answer.status) ? objectsIn(parseObject(answer.text), 'items') : [];
  if (alerts === undefined) complain(events, nameOf(request), 'no list of alerts in the answer');
  const [alert] = alerts ?? [];
  attack.isOver = alert !== undefined || isHopeless(attack, nowMs);
  if (alert !== undefined) {
    measure(events, 'threats.detection_time', nowMs - attack.sinceMs);
    measureCorrelation(alert, attack, events);
  } else if (attack.isOver) {
    complain(events, nameOf(request), 'no alert within 20 s');
  }
}

/** An alert with more events than were sent is an older one that they joined; its correlation was not ours. */
function measureCorrelation(alert: JsonObject, attack: Attack, events: VUEvents): void {
  const [correlationMs, eventCount] = [numberIn(alert, 'correlationMs'), numberIn(alert, 'eventCount')];
  const isNew = eventCount !== undefined && eventCount <= attack.accepted;
  if (correlationMs !== undefined && isNew) measure(events, 'alerts.correlation_time', correlationMs);
}
