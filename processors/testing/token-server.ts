import type { JsonObject } from '../answers/json.ts';
import { parseObject } from '../answers/json.ts';

/** What the token server was asked, in order. */
export interface SeenRequest {
  readonly path: string;
  readonly body: JsonObject | undefined;
  readonly authorization: string | undefined;
}

/** Stands in for `fetch`: renews tokens as the platform does, and answers all else by whether the token is the newest. */
export interface TokenServer {
  readonly fetch: typeof fetch;
  readonly seen: SeenRequest[];
  /** How often tokens were renewed. */
  renewals(): number;
}

/** The address that `fetch` was called with. */
export function urlOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : input.toString();
}

interface Behaviour {
  /** Answers a renewal; by default with new tokens, each numbered one higher. */
  readonly renew?: () => Response | Promise<Response>;
  /** The life of new tokens in seconds (900). */
  readonly expiresIn?: number;
}

/** A token server whose first tokens are `access-0` and `refresh-0`. */
export function createTokenServer({ renew, expiresIn = 900 }: Behaviour = {}): TokenServer {
  const seen: SeenRequest[] = [];
  let number = 0;

  function renewed(refreshToken: unknown): Response {
    if (refreshToken !== `refresh-${number}`) return Response.json({}, { status: 401 });
    number += 1;
    return Response.json({ accessToken: `access-${number}`, refreshToken: `refresh-${number}`, expiresIn });
  }

  return {
    seen,
    renewals: () => seen.filter(({ path }) => path === '/auth/refresh').length,
    async fetch(input, init) {
      const path = new URL(urlOf(input)).pathname;
      const body = typeof init?.body === 'string' ? parseObject(init.body) : undefined;
      const authorization = new Headers(init?.headers).get('authorization') ?? undefined;
      seen.push({ path, body, authorization });
      if (path === '/auth/refresh') return renew === undefined ? renewed(body?.refreshToken) : await renew();
      const isNewest = authorization === `Bearer access-${number}`;
      return isNewest ? Response.json({ repeated: true }) : Response.json({}, { status: 401 });
    },
  };
}
