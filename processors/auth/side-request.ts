import type { Answer } from '../answers/answer.ts';
import type { RequestParams } from '../artillery-types.ts';

// Requests that hooks send themselves, past Artillery: renewing a token, and repeating a request that was refused because of
// an old one. Artillery counts none of them among its http.* metrics.

const TIMEOUT_MS = 10_000;

/** Sends an object as JSON; undefined when no answer came within 10 s. */
export function post(url: string, body: unknown): Promise<Answer | undefined> {
  return send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/**
 * Sends a request of Artillery's once more.
 *
 * @param request as it was sent: all variables filled in, headers in lower case.
 * @param accessToken replaces the one of the first attempt.
 * @returns undefined when no answer came within 10 s.
 */
export function repeat(request: RequestParams, accessToken: string): Promise<Answer | undefined> {
  const headers = {
    ...(request.headers as Record<string, string> | undefined),
    authorization: `Bearer ${accessToken}`,
  };
  const json = request.json === undefined ? undefined : JSON.stringify(request.json);
  const body = json ?? (typeof request.body === 'string' ? request.body : undefined);
  return send(urlOf(request), {
    method: String(request.method),
    headers: json === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
}

/** Artillery keeps what the YAML gives as `qs` apart from the URL. */
function urlOf(request: RequestParams): string {
  const url = String(request.url);
  return typeof request.searchParams === 'string' ? `${url}?${request.searchParams}` : url;
}

async function send(url: string, init: RequestInit): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    return { status: response.status, text, header: (name) => response.headers.get(name) ?? undefined };
  } catch {
    // Why it failed is a matter of the network; a raw message would become the name of a metric.
    return undefined;
  }
}
