import type { UserContext } from '../artillery.ts';
import type { User } from '../journey/user.ts';
import {
  type BodySource,
  encodeBody,
  flattenHeaders,
  type RenderedBody,
  renderAuthorization,
  renderBodyParts,
  renderQuery,
  renderTemplate,
  replaceQuery,
} from '../language/index.ts';
import type { WireRequest } from '../transport/wire-request.ts';
import type { Draft } from './draft.ts';
import { absolute, type RequestPlan } from './request-plan.ts';

/** A request that can be sent. */
export interface ReadyRequest extends WireRequest {
  readonly url: string;
  readonly followRedirect: boolean;
  /** Whether it, and each hop after it, takes cookies along. */
  readonly sendsCookies: boolean;
}

/** @throws Error for a URL that is none; LanguageFault for what cannot be sent. */
export function plainRequest(plan: RequestPlan, user: User): ReadyRequest {
  const { context, sendsCookies } = user;
  // A value may bring a template of its own.
  const url = checkedUrl(renderTemplate(plan.urlTemplate.render(context), context), user);
  const { origin, path, authorization } = user.resources.addresses.find(url);
  const isFixed = !sendsCookies && authorization === undefined;
  const fixed = isFixed ? plan.fixedHeaders : undefined;
  const settings = {
    origin,
    path,
    url,
    method: plan.method,
    timeoutMs: plan.timeout * 1_000,
    followRedirect: true,
    sendsCookies,
  };
  if (fixed !== undefined) return { ...settings, headers: fixed, body: undefined };
  const headers = plan.headers.render(context, undefined);
  const body = plan.body?.render(context);
  if (plan.traceparent !== undefined) headers.traceparent = plan.traceparent();
  addHeaders(headers, { sendsCookies, user, url, body, authorization });
  return { ...settings, headers: flattenHeaders(headers), body: body?.body };
}

/**
 * A request as the hooks left it. Its final parts take the place of the draft's, as hooks that come later expect.
 *
 * @throws as `plainRequest`.
 */
export function finishDraft(draft: Draft, plan: RequestPlan, user: User): ReadyRequest {
  const { context } = user;
  renderNames(draft, context);
  const parts = renderBodyParts(draft, context);
  showParts(draft, parts);
  const headers = plan.headers.render(context, draft.headers);
  // Hooks write this one into their logs, to find the request again. Cookies and credentials are no business of theirs.
  if (plan.traceparent !== undefined) headers.traceparent = plan.traceparent();
  draft.headers = { ...headers };
  draft.followRedirect ??= true;
  const written = checkedUrl(renderTemplate(draft.uri ?? draft.url, context), user);
  draft.url = written;
  delete draft.uri;
  const sendsCookies = keepCookies(draft, plan, written, user) || user.sendsCookies;
  const basic = draft.auth === undefined ? undefined : renderAuthorization(Object(draft.auth), context);
  if (basic !== undefined) headers.authorization = basic;
  const body = encodeBody(parts, String(draft.method), context.vars.$scenarioFile);
  const url = withQuery(written, draft, context);
  const { origin, path, authorization } = user.resources.addresses.find(url);
  addHeaders(headers, { sendsCookies, user, url, body, authorization });
  return {
    origin,
    path,
    method: String(draft.method),
    headers: flattenHeaders(headers),
    body: body?.body,
    timeoutMs: Number(draft.timeout) * 1_000,
    url,
    followRedirect: Boolean(draft.followRedirect),
    sendsCookies,
  };
}

function renderNames(draft: Draft, context: UserContext): void {
  for (const key of ['name', 'uri', 'url']) if (draft[key]) draft[key] = renderTemplate(draft[key], context);
}

/** In the draft, too, a body gives way to JSON. */
function showParts(draft: Draft, parts: BodySource): void {
  for (const key of ['json', 'form', 'body'] as const) if (draft[key]) draft[key] = parts[key];
  if (draft.json) delete draft.body;
}

function withQuery(url: string, { qs, searchParams }: Draft, context: UserContext): string {
  if (qs !== undefined) return replaceQuery(url, renderQuery(qs, context));
  return searchParams === undefined ? url : replaceQuery(url, String(new URLSearchParams(searchParams as string)));
}

/** @throws Error for anything but an absolute HTTP URL. */
function checkedUrl(rendered: unknown, { resources }: User): string {
  const url = typeof rendered === 'string' ? absolute(rendered, resources.config.target) : rendered;
  if (typeof url !== 'string' || !url.startsWith('http')) throw new Error(`Invalid URL - ${String(url)}`);
  return url;
}

/** @returns whether the request has cookies that no server set; only then, or after a server has set some, any are sent. */
function keepCookies(draft: Draft, { defaultCookie }: RequestPlan, url: string, user: User): boolean {
  if (typeof draft.cookie !== 'object' && defaultCookie === undefined) return false;
  for (const [name, value] of Object.entries({ ...defaultCookie, ...(draft.cookie as object | undefined) })) {
    user.jar.setCookieSync(`${name}=${String(renderTemplate(value, user.context))}`, url);
  }
  return true;
}

interface HeaderSources {
  readonly sendsCookies: boolean;
  readonly user: User;
  readonly url: string;
  readonly body: RenderedBody | undefined;
  readonly authorization: string | undefined;
}

/** Adds what follows from everything else. */
function addHeaders(headers: Record<string, unknown>, sources: HeaderSources): void {
  const { sendsCookies, user, url, body, authorization } = sources;
  // How a body goes over the wire is the transport's business, which refuses to be told.
  delete headers['transfer-encoding'];
  if (body?.contentType !== undefined) headers['content-type'] ??= body.contentType;
  if (authorization !== undefined) headers.authorization = authorization;
  const cookie = sendsCookies ? user.jar.getCookieStringSync(url) : '';
  if (cookie !== '') headers.cookie = cookie;
}
