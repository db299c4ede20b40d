import type { RequestParams } from '../artillery-types.ts';

const departures = new WeakMap<RequestParams, number>();

/** The name that the YAML gives a request; metrics by endpoint and errors carry it. */
export function nameOf(request: RequestParams): string {
  return typeof request.name === 'string' && request.name !== '' ? request.name : 'unnamed request';
}

/** Notes that the request leaves now. */
export function noteDeparture(request: RequestParams): void {
  departures.set(request, performance.now());
}

/** When the request left, on the clock of `performance.now()`; now when nobody noted it. */
export function departureOf(request: RequestParams): number {
  return departures.get(request) ?? performance.now();
}

/** Milliseconds since the request left. Called from `afterResponse`, that is up to the last byte of the answer. */
export function elapsedMs(request: RequestParams): number {
  return performance.now() - departureOf(request);
}

/** Adds parameters to the query of a request's URL. */
export function addQuery(request: RequestParams, parameters: URLSearchParams): void {
  const url = String(request.url);
  const query = parameters.toString();
  if (query !== '') request.url = url + (url.includes('?') ? '&' : '?') + query;
}

/** Sets one header; the name is in lower case. */
export function setHeader(request: RequestParams, name: string, value: string): void {
  request.headers = { ...(request.headers as Record<string, unknown> | undefined), [name]: value };
}

/**
 * Makes text the body of a request, as JSON. Artillery looks for `{{ }}` in every value of an object given as `json`,
 * which for a batch of hundreds of events takes longer than making it; in a text it looks once.
 */
export function sendText(request: RequestParams, text: string): void {
  request.body = text;
  setHeader(request, 'content-type', 'application/json');
}
