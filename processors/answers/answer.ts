import type { HttpResponse, RequestParams } from '../artillery-types.ts';

/** An answer of the system under test, as far as the journeys look at it. */
export interface Answer {
  /** 0 when the response carried none. */
  readonly status: number;
  /** The body as text; empty when there was none. */
  readonly text: string;
  /** The first value of a header; undefined when it is missing. The name is in lower case. */
  header(name: string): string | undefined;
}

// A request that was repeated with a new token has a second answer, which is the one that counts. It is kept here because
// Artillery puts the first body back before each hook.
const repeated = new WeakMap<RequestParams, Answer>();

/** The answer that counts for a request: that of its repetition, if it was repeated. */
export function answerTo(request: RequestParams, response: HttpResponse): Answer {
  return repeated.get(request) ?? answerOf(response);
}

/** Puts the answer of the repeated request in the place of the first one. */
export function replaceAnswer(request: RequestParams, answer: Answer): void {
  repeated.set(request, answer);
}

/** Reads Artillery's response object, which may lack anything. */
export function answerOf(response: HttpResponse | undefined): Answer {
  const headers = response?.headers ?? {};
  return {
    status: typeof response?.statusCode === 'number' ? response.statusCode : 0,
    text: typeof response?.body === 'string' ? response.body : '',
    header(name) {
      const value: unknown = headers[name];
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return typeof first === 'string' ? first : undefined;
    },
  };
}
