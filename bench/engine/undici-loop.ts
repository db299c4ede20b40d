// A process of its own: undici's `request`, as fast as one core can. What an engine on top of undici can be compared with.
//
//   node undici-loop.ts <url> bare|post saturated|fixed
import { createRequire } from 'node:module';
import { FIXED_RATE_PER_SEC, USERS } from './job.ts';

interface Body {
  dump(): Promise<void>;
  json(): Promise<unknown>;
}

interface Pool {
  request(options: object): Promise<{ readonly body: Body }>;
}

// The copy that the engine uses; npm may have put another one at the root.
const require = createRequire(new URL('../../plugins/artillery-engine-undici/package.json', import.meta.url));
const PACKAGE = 'undici';
const { Pool } = require(PACKAGE) as { Pool: new (origin: string, options: object) => Pool };

const [url = '', workload, load] = process.argv.slice(2);
const pool = new Pool(url, { connections: USERS, pipelining: 1 });
const state = { token: 'none', item: 'none', number: 0 };

async function get(): Promise<void> {
  const { body } = await pool.request({ path: '/', method: 'GET' });
  await body.dump();
}

async function post(): Promise<void> {
  state.number += 1;
  const { body } = await pool.request({
    path: '/items',
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${state.token}`, 'x-item': state.item },
    body: JSON.stringify({ name: `Item ${state.number}`, parent: state.item, source: 'bench', tags: ['one', 'two'] }),
  });
  const { token, id } = (await body.json()) as { token: string; id: string };
  state.token = token;
  state.item = id;
}

const send = workload === 'post' ? post : get;

async function user(): Promise<void> {
  for (;;) await send();
}

function pace(): void {
  const startedAt = performance.now();
  let sent = 0;
  setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * FIXED_RATE_PER_SEC;
    for (; sent < due; sent += 1) void send();
  }, 1);
}

if (load === 'fixed') pace();
else await Promise.all(Array.from({ length: USERS }, user));
