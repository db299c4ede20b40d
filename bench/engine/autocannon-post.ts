// A process of its own: autocannon with the POST workload, which its command line cannot express.
//
//   node autocannon-post.ts <url> saturated|fixed
import { createRequire } from 'node:module';
import { FIXED_RATE_PER_SEC, FOREVER_SECONDS, USERS } from './job.ts';

interface Request {
  headers: Record<string, string>;
  body: string;
}

const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => Promise<unknown>;
const [url = '', load] = process.argv.slice(2);
// autocannon begins a new context with each round of its list of requests, which here is each request.
const state = { token: 'none', item: 'none', number: 0 };

function setupRequest(request: Request): Request {
  state.number += 1;
  return {
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${state.token}`, 'x-item': state.item },
    body: JSON.stringify({ name: `Item ${state.number}`, parent: state.item, source: 'bench', tags: ['one', 'two'] }),
  };
}

function onResponse(_status: number, body: string): void {
  const { token, id } = JSON.parse(body) as { token: string; id: string };
  state.token = token;
  state.item = id;
}

await autocannon({
  url,
  connections: USERS,
  duration: FOREVER_SECONDS,
  ...(load === 'fixed' ? { overallRate: FIXED_RATE_PER_SEC } : {}),
  requests: [
    { method: 'POST', path: '/items', headers: { 'content-type': 'application/json' }, setupRequest, onResponse },
  ],
});
