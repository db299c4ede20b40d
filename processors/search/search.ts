import { answerTo } from '../answers/answer.ts';
import { isSuccess } from '../answers/expectation.ts';
import { idIn, type JsonObject, numberIn, objectsIn, parseObject } from '../answers/json.ts';
import { addQuery, elapsedMs, nameOf } from '../answers/request.ts';
import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { complain, measure } from '../metrics.ts';
import { userOf } from '../virtual-user.ts';
import { drawQuery, type SearchQuery } from './query.ts';
import { searchTermsOf } from './terms.ts';

interface SearchVariables {
  /** The search that the user is busy with. */
  search?: SearchQuery & { page: number; hasMore: boolean };
  /** The hit that the user wants to read, if any. */
  document?: { id: string } | undefined;
}

const OPENS_A_HIT = 0.45;
const TAKES_THIS_ONE = 0.45;

/** For `beforeRequest`: asks a new question, its first page. */
export async function askSearch(request: RequestParams, context: VUContext): Promise<void> {
  const query = drawQuery(userOf(context).stream('search'), searchTermsOf(context));
  const variables: SearchVariables = context.vars;
  variables.search = { ...query, page: 1, hasMore: false };
  addQuery(request, new URLSearchParams(query.parameters));
}

/** For `beforeRequest`: asks for the next page of the same search. */
export async function askNextPage(request: RequestParams, context: VUContext): Promise<void> {
  const { search }: SearchVariables = context.vars;
  if (search === undefined) return;
  search.page += 1;
  addQuery(request, new URLSearchParams({ ...search.parameters, page: String(search.page) }));
}

/**
 * For `afterResponse` of a search: measures `search.time.<kind>` and `search.hits`, and decides which hit to open, as
 * `document.id`. The first hits are the likeliest.
 */
export async function readHits(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const variables: SearchVariables = context.vars;
  const { search } = variables;
  const tookMs = elapsedMs(request);
  variables.document = undefined;
  const answer = answerTo(request, response);
  if (search === undefined || !isSuccess(answer.status)) return;
  const body = parseObject(answer.text);
  const hits = objectsIn(body, 'hits');
  if (hits === undefined) {
    search.hasMore = false;
    complain(events, nameOf(request), body === undefined ? 'no JSON in the answer' : 'no hits in the answer');
    return;
  }
  measure(events, `search.time.${search.kind}`, tookMs);
  measure(events, 'search.hits', hits.length);
  search.hasMore = (numberIn(body, 'total') ?? 0) > search.page * (numberIn(body, 'pageSize') ?? hits.length);
  variables.document = chooseHit(context, hits);
}

/** For `ifTrue` of the next page: this person turns pages, and there is one more. */
export function wantsNextPage(variables: SearchVariables): boolean {
  const { search } = variables;
  return search?.hasMore === true && search.page < search.pages;
}

/** For `ifTrue` of opening a document: one of the hits looked promising. */
export function wantsDocument(variables: SearchVariables): boolean {
  return variables.document !== undefined;
}

/** Draws the same number of times whatever was found, so that the next search does not depend on the answer to this one. */
function chooseHit(context: VUContext, hits: readonly JsonObject[]): { id: string } | undefined {
  const random = userOf(context).stream('document');
  const opens = random.chance(OPENS_A_HIT);
  // Geometric: each further hit is taken with the same probability, given that none before was.
  const rank = Math.floor(Math.log(1 - random.next()) / Math.log(1 - TAKES_THIS_ONE));
  const id = idIn(hits[Math.min(rank, hits.length - 1)]);
  return opens && id !== undefined ? { id } : undefined;
}
