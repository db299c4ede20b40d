import { answerTo } from '../answers/answer.ts';
import { expectStatuses, isSuccess } from '../answers/expectation.ts';
import { idIn, type JsonObject, numberIn, objectsIn, parseObject, textIn } from '../answers/json.ts';
import { addQuery, nameOf } from '../answers/request.ts';
import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { complain, count } from '../metrics.ts';
import { createWeightedPick } from '../random/distributions.ts';
import { userOf } from '../virtual-user.ts';

interface Alert {
  readonly id: string;
  /** 0 (info) to 4 (critical). */
  readonly severity: number;
  /** The user acknowledged it, before anybody else did. */
  isMine: boolean;
  /** The user has something to write down about it. */
  readonly wantsNote: boolean;
  /** The user overlooks that a critical alert is not for analysts to close. */
  readonly isOverlooked: boolean;
  /** What the user will write. */
  readonly note: string;
}

interface AlertVariables {
  /** The alert that the user works on. */
  alert?: Alert | undefined;
  role?: string;
}

const CRITICAL = 4;
const WRITES_A_NOTE = 0.4;
const OVERLOOKS = 0.1;
const NOTES = [
  'Known scanner, see the watch list.',
  'Host isolated, image taken.',
  'User confirms the travel; no action.',
  'Same pattern as last week, tuning requested.',
  'Handed over to the malware team.',
];

const pickView = createWeightedPick(
  [
    { view: { status: 'open' }, weight: 60 },
    { view: { status: 'open', severity: '3' }, weight: 25 },
    { view: { status: 'open', assignee: 'none' }, weight: 15 },
  ],
  ({ weight }) => weight,
);

/** For `beforeRequest` of the list: the open alerts, sometimes only the severe ones or those that nobody has taken. */
export async function chooseView(request: RequestParams, context: VUContext): Promise<void> {
  const { view } = pickView(userOf(context).stream('view'));
  addQuery(request, new URLSearchParams(Object.entries({ ...view, limit: '25' })));
}

/** For `afterResponse` of the list: picks an alert to work on, as `alert.id`; none when the list is empty. */
export async function pickAlert(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const variables: AlertVariables = context.vars;
  const answer = answerTo(request, response);
  variables.alert = undefined;
  if (!isSuccess(answer.status)) return;
  const items = objectsIn(parseObject(answer.text), 'items');
  if (items === undefined) return complain(events, nameOf(request), 'no list of alerts in the answer');
  variables.alert = chooseAlert(context, items);
}

/** For `ifTrue`: there is an alert to work on. */
export function hasAlert(variables: AlertVariables): boolean {
  return variables.alert !== undefined;
}

/** For `ifTrue`: the user has the alert and something to write down about it. */
export function wantsNote(variables: AlertVariables): boolean {
  return alertIsMine(variables) && variables.alert?.wantsNote === true;
}

/** For `ifTrue`: the user closes the alert, and is allowed to or has overlooked that it is critical. */
export function closesAlert(variables: AlertVariables): boolean {
  return alertIsMine(variables) && (!needsALead(variables) || variables.alert?.isOverlooked === true);
}

/** For `ifTrue`: the user has the alert, but must leave the closing to a lead. */
export function handsOver(variables: AlertVariables): boolean {
  return alertIsMine(variables) && needsALead(variables);
}

/** For `beforeRequest` of an acknowledgement: 409 is fine, somebody else was faster. */
export async function allowOthersToBeFaster(request: RequestParams): Promise<void> {
  expectStatuses(request, [200, 409]);
}

/** For `afterResponse` of an acknowledgement: notes whose alert it is now. */
export async function noteWhoWasFaster(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const { alert }: AlertVariables = context.vars;
  const { status } = answerTo(request, response);
  if (alert !== undefined) alert.isMine = isSuccess(status);
  if (isSuccess(status)) count(events, 'alerts.acknowledged');
  if (status === 409) count(events, 'alerts.taken_by_others');
}

/** For `beforeRequest` of closing an alert: an analyst must be refused (403) when the alert is critical. */
export async function expectRefusalOfAnalysts(request: RequestParams, context: VUContext): Promise<void> {
  expectStatuses(request, needsALead(context.vars) ? [403] : [200]);
}

function alertIsMine({ alert }: AlertVariables): boolean {
  return alert?.isMine === true;
}

function needsALead({ alert, role }: AlertVariables): boolean {
  return role === 'analyst' && alert?.severity === CRITICAL;
}

/** Draws the same number of times whatever is in the list. */
function chooseAlert(context: VUContext, items: readonly JsonObject[]): Alert | undefined {
  const random = userOf(context).stream('alert');
  const [place, wantsNote, note] = [random.next(), random.chance(WRITES_A_NOTE), random.pick(NOTES)];
  const isOverlooked = random.chance(OVERLOOKS);
  const open = items.filter((item) => textIn(item, 'status') === 'open');
  const item = open[Math.floor(place * open.length)];
  const [id, severity] = [idIn(item), numberIn(item, 'severity')];
  if (id === undefined || severity === undefined) return undefined;
  return { id, severity, isMine: false, wantsNote, note, isOverlooked };
}
