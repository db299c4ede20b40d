import type { RequestParams } from '../artillery-types.ts';

/** Which answers to a request are fine: some statuses, or whatever its own `afterResponse` hook says. */
export type Expectation =
  | { readonly judge: 'checkAnswer'; readonly statuses: readonly number[] }
  | { readonly judge: 'own hook' };

const expectations = new WeakMap<RequestParams, Expectation>();

/** To be called before a request is sent: these statuses are fine, all others are errors. */
export function expectStatuses(request: RequestParams, statuses: readonly number[]): void {
  expectations.set(request, { judge: 'checkAnswer', statuses });
}

/** To be called before a request is sent: an `afterResponse` hook of the request itself judges the answer. */
export function judgeElsewhere(request: RequestParams): void {
  expectations.set(request, { judge: 'own hook' });
}

/** What was said before the request was sent; undefined when nothing was, and then any success is fine. */
export function expectationOf(request: RequestParams): Expectation | undefined {
  return expectations.get(request);
}

/** True when the status is one that the request was sent for. */
export function isExpected(request: RequestParams, status: number): boolean {
  const expectation = expectationOf(request);
  if (expectation === undefined) return isSuccess(status);
  return expectation.judge === 'own hook' || expectation.statuses.includes(status);
}

/** True for 200 to 299. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
