import { answerTo } from '../answers/answer.ts';
import { isSuccess } from '../answers/expectation.ts';
import { idIn, type JsonObject, objectsIn, parseObject, textIn } from '../answers/json.ts';
import { nameOf } from '../answers/request.ts';
import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { complain } from '../metrics.ts';
import { userOf } from '../virtual-user.ts';

interface AdministrationVariables {
  /** The account that the administrator works on. */
  account?: { readonly id: string; readonly role: string } | undefined;
  /** Where the next page of accounts begins. */
  nextAccounts?: string | undefined;
}

/** For `afterResponse` of the list of accounts: picks one, as `account.id` and `account.role`. */
export async function pickAccount(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const variables: AdministrationVariables = context.vars;
  const answer = answerTo(request, response);
  variables.nextAccounts = undefined;
  if (!isSuccess(answer.status)) return;
  const body = parseObject(answer.text);
  const items = objectsIn(body, 'items');
  if (items === undefined) return complain(events, nameOf(request), 'no list of users in the answer');
  variables.nextAccounts = textIn(body, 'nextCursor');
  variables.account = chooseAccount(context, items);
}

/** For `ifTrue`: there is an account to work on. */
export function hasAccount(variables: AdministrationVariables): boolean {
  return variables.account !== undefined;
}

/** For `ifTrue`: the list goes on. */
export function hasMoreAccounts(variables: AdministrationVariables): boolean {
  return variables.nextAccounts !== undefined;
}

function chooseAccount(context: VUContext, items: readonly JsonObject[]): AdministrationVariables['account'] {
  const place = userOf(context).stream('account').next();
  const item = items[Math.floor(place * items.length)];
  const [id, role] = [idIn(item), textIn(item, 'role')];
  return id === undefined || role === undefined ? undefined : { id, role };
}
