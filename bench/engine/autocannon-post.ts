// A process of its own: autocannon with the POST workload, which its command line cannot express.
//
//   node autocannon-post.ts <url> saturated|fixed
import { createRequire } from 'node:module';
import { FIXED_RATE_PER_SEC, FOREVER_SECONDS, USERS } from './job.ts';

interface Request {
  headers: Record<string, string>;
  body: string;
}

interface Context {
  token?: string;
  item?: string;
}

const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => Promise<unknown>;
const [url = '', load] = process.argv.slice(2);
let number = 0;

function setupRequest(request: Request, { token = 'none', item = 'none' }: Context): Request {
  number += 1;
  return {
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${token}`, 'x-item': item },
    body: JSON.stringify({ name: `Item ${number}`, parent: item, source: 'bench', tags: ['one', 'two'] }),
  };
}

function onResponse(_status: number, body: string, context: Context): void {
  const { token, id } = JSON.parse(body) as { token: string; id: string };
  context.token = token;
  context.item = id;
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
