import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** What a route may look at. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What follows the first segment of the path. */
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

type Route = (asked: Asked) => void | Promise<void>;

const DOCUMENT = {
  id: 7,
  name: 'report',
  items: [{ id: 1 }, { id: 2 }, { id: 3 }],
  one: [{ id: 'only' }],
  nested: { deep: { value: 'found' } },
  empty: '',
  zero: 0,
  no: false,
  nothing: null,
  text: 'ünïcödé ✓',
};
const XML =
  '<?xml version="1.0"?><catalog><book id="b1"><title>First</title></book><book id="b2"><title>Second</title></book></catalog>';
const HTML =
  '<!doctype html><html><body><form><input name="csrf" value="t0ken" type="hidden"></form>' +
  '<ul><li class="row" data-id="1">a</li><li class="row" data-id="2">b</li></ul><a href="/next?x=1&amp;y=2">next</a></body></html>';

/** Every answer the recording servers can give, by the first segment of the path; anything else is a 404. */
const ROUTES: Readonly<Record<string, Route>> = {
  echo: ({ request, response, body }) => {
    const boundary = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '')?.[1];
    // The boundary is left to chance, and the answer may be captured.
    const text = boundary === undefined ? body.toString() : body.toString().replaceAll(boundary, 'BOUNDARY');
    json(response, { method: request.method, url: request.url, body: text });
  },
  json: ({ response }) => json(response, DOCUMENT),
  list: ({ response }) => json(response, [{ id: 1 }, { id: 2 }]),
  'bad-json': ({ response }) => text(response, '{"id": 7', 'application/json'),
  text: ({ response }) => text(response, 'order 1234 of 2026-01-31, order 5678', 'text/plain'),
  xml: ({ response }) => text(response, XML, 'application/xml'),
  html: ({ response }) => text(response, HTML, 'text/html; charset=utf-8'),
  latin: ({ response }) =>
    void response.writeHead(200, { 'content-type': 'text/plain; charset=latin1' }).end('caf\xe9', 'latin1'),
  untyped: ({ response }) => void response.writeHead(200).end('no type'),
  empty: ({ response }) => void response.writeHead(200, { 'content-length': 0 }).end(),
  big: ({ response, query }) => text(response, 'x'.repeat(Number(query.get('bytes'))), 'text/plain'),
  status: ({ response, rest }) =>
    void response.writeHead(Number(rest)).end(bodyless(Number(rest)) ? undefined : `status ${rest}`),
  headers: ({ response, query }) => void response.writeHead(200, pairs(query)).end('headers'),
  // With a total: metrics-by-endpoint notes −1 without one, and Artillery loses all values below 0 but those of the last window when those of
  // two windows of 10 s come from a worker, so that what it reports hangs on when a run begins.
  timed: ({ response }) =>
    void response.writeHead(200, { 'server-timing': 'db;dur=12.5;desc="query", total;dur=15.5' }).end('timed'),
  'set-cookies': ({ response, query }) =>
    void response.writeHead(200, { 'set-cookie': query.getAll('cookie'), 'content-length': 0 }).end(),
  redirect: ({ request, response, rest, query }) => {
    // Where a relative address leads that does not begin with a slash.
    if (Number.isNaN(Number(rest))) return json(response, { url: request.url });
    const cookie = query.get('cookie');
    response.writeHead(Number(rest), {
      location: query.get('to') ?? '',
      ...(cookie === null ? {} : { 'set-cookie': cookie }),
    });
    // Artillery does not count the bytes of a redirect's body; one case asks for them.
    response.end(query.get('body') ?? undefined);
  },
  nowhere: ({ response }) => void response.writeHead(302).end('no location'),
  hops: ({ response, rest }) => {
    const left = Number(rest);
    if (left === 0) json(response, { arrived: true });
    else response.writeHead(302, { location: `/hops/${left - 1}` }).end();
  },
  circle: ({ response }) => void response.writeHead(302, { location: '/circle' }).end(),
  packed: packed,
  chunked: async ({ response, query }) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    for (let part = 1; part <= Number(query.get('parts')); part++) {
      response.write(`part ${part};`);
      await delay(2);
    }
    response.end();
  },
  'split-letter': async ({ response }) => {
    const bytes = Buffer.from('price: 5 €', 'utf8');
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write(bytes.subarray(0, bytes.length - 1));
    await delay(20);
    response.end(bytes.subarray(bytes.length - 1));
  },
  'slow-head': async ({ response, query }) => {
    await delay(Number(query.get('ms')));
    text(response, 'slow head', 'text/plain');
  },
  'slow-body': async ({ response, query }) => {
    response.writeHead(200, { 'content-type': 'text/plain' }).write('begin ');
    await delay(Number(query.get('ms')));
    response.end('end');
  },
  reset: ({ request }) => void request.socket.resetAndDestroy(),
  hangup: ({ request }) => void request.socket.destroy(),
  'half-body': async ({ request, response }) => {
    response.writeHead(200, { 'content-length': 100 }).write('half');
    await delay(10);
    request.socket.destroy();
  },
  garbage: ({ request }) => void request.socket.end('this is not HTTP\r\n\r\n'),
  hints: ({ response }) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    text(response, 'after hints', 'text/plain');
  },
  private: ({ request, response }) => {
    const isAllowed = request.headers.authorization === `Basic ${Buffer.from('ann:s3cret').toString('base64')}`;
    response.writeHead(isAllowed ? 200 : 401, isAllowed ? {} : { 'www-authenticate': 'Basic realm="test"' });
    response.end(isAllowed ? 'welcome' : 'who are you');
  },
};

/** Answers one request whose body has been read. */
export async function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
  // Headers that Node adds on its own would say when the test ran.
  response.sendDate = false;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://target');
  const [, first = '', ...rest] = pathname.split('/');
  const route = ROUTES[first];
  if (route === undefined) response.writeHead(404).end('not found');
  else await route({ request, response, rest: rest.join('/'), query: searchParams, body });
}

function json(response: ServerResponse, value: unknown): void {
  text(response, JSON.stringify(value), 'application/json; charset=utf-8');
}

function text(response: ServerResponse, body: string, type: string): void {
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

function bodyless(status: number): boolean {
  return status === 204 || status === 304;
}

function pairs(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(query);
}

function packed({ response, rest }: Asked): void {
  const plain = Buffer.from(JSON.stringify(DOCUMENT));
  const bodies: Readonly<Record<string, Buffer>> = {
    gzip: gzipSync(plain),
    deflate: deflateSync(plain),
    'deflate-raw': deflateRawSync(plain),
    br: brotliCompressSync(plain),
    broken: Buffer.from('this is not gzip'),
  };
  const encoding = { 'deflate-raw': 'deflate', broken: 'gzip' }[rest] ?? rest;
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(bodies[rest]);
}
