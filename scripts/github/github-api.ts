/** The part of GitHub's REST API that the scripts use. */
export interface GithubApi {
  /** All pages of a list, a thousand entries at most. */
  list(path: string): Promise<readonly unknown[]>;
  send(method: 'POST' | 'PATCH' | 'PUT', path: string, body: unknown): Promise<unknown>;
  get(path: string): Promise<unknown>;
}

const PAGE = 100;
const MOST_PAGES = 10;
const TIMEOUT_MS = 20_000;

/**
 * Speaks to the API of `GITHUB_API_URL` with `GITHUB_TOKEN`. An answer that is no success is an error with status and path; nothing is
 * tried again, since a comment that was made and not confirmed would be made twice.
 */
export function createGithubApi(env: NodeJS.ProcessEnv): GithubApi {
  const base = env.GITHUB_API_URL ?? 'https://api.github.com';
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${env.GITHUB_TOKEN ?? ''}`,
    'x-github-api-version': '2022-11-28',
    'user-agent': 'proving-ground',
  };
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const request = { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS) };
    const answer = await fetch(
      `${base}${path}`,
      body === undefined ? request : { ...request, body: JSON.stringify(body) },
    );
    if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${method} ${path}`);
    return answer.json();
  };
  return {
    get: (path) => call('GET', path),
    send: call,
    list: async (path) => {
      const all: unknown[] = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const entries = await call('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=${PAGE}&page=${page}`);
        if (!Array.isArray(entries)) throw new Error(`GitHub answered ${path} with something that is no list`);
        all.push(...entries);
        if (entries.length < PAGE) break;
      }
      return all;
    },
  };
}
