import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Arrival {
  /** Who sent it, as its token says; of a sign-in, who it is for. */
  readonly username: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string;
  readonly status: number;
}

/** How the fake platform behaves; everything else is as the contract says. */
export interface Behaviour {
  /** Life of an access token in seconds (900). */
  readonly tokenSeconds?: number;
  /** How many requests an access token is good for before it is refused with 401 (any number). */
  readonly tokenRequests?: number;
  /** Milliseconds before each answer (0). */
  readonly delayMs?: () => number;
  /** What is answered to everything but sign-ins, in place of the right answer. */
  readonly garbage?: { readonly status: number; readonly body: string };
}

/** A platform that keeps nothing, knows everybody and remembers what it was sent. */
export interface FakePlatform {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Token {
  readonly username: string;
  /** On the clock of `performance.now()`. */
  readonly endsAtMs: number;
  requests: number;
}

/** Starts a fake platform on a free port of this machine. */
export async function startFakePlatform(behaviour: Behaviour = {}): Promise<FakePlatform> {
  const arrivals: Arrival[] = [];
  const tokens = createTokens(behaviour);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [method = '', url = ''] = [request.method, request.url];
    const body = await readBody(request);
    const { username, answer } = answerTo({ method, url, body, token: bearerToken(request) }, tokens, behaviour);
    arrivals.push({ username, method, url, body, status: answer.status });
    setTimeout(() => send(response, answer), behaviour.delayMs?.() ?? 0);
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, arrivals, close: () => close(server) };
}

interface Tokens {
  issue(username: string): Answer;
  /** Who the token is for; undefined when it is worth nothing (any longer). */
  use(token: string): string | undefined;
  renew(refreshToken: string): Answer;
  ownerOf(token: string): string;
}

function createTokens({ tokenSeconds = 900, tokenRequests = Infinity }: Behaviour): Tokens {
  const access = new Map<string, Token>();
  const refresh = new Map<string, string>();
  let number = 0;

  function issue(username: string): Answer {
    number += 1;
    access.set(`access-${number}`, { username, requests: 0, endsAtMs: performance.now() + tokenSeconds * 1000 });
    refresh.set(`refresh-${number}`, username);
    const tokens = { accessToken: `access-${number}`, refreshToken: `refresh-${number}`, expiresIn: tokenSeconds };
    return { status: 200, body: { ...tokens, tokenType: 'Bearer' } };
  }

  return {
    issue,
    use(name) {
      const token = access.get(name);
      const isGood = token !== undefined && token.requests < tokenRequests && performance.now() < token.endsAtMs;
      if (isGood) token.requests += 1;
      return isGood ? token.username : undefined;
    },
    renew(name) {
      const username = refresh.get(name);
      // A refresh token is good for one renewal.
      refresh.delete(name);
      return username === undefined ? { status: 401, body: {} } : issue(username);
    },
    ownerOf: (name) => access.get(name)?.username ?? 'nobody',
  };
}

interface Question {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly token: string;
}

function answerTo(question: Question, tokens: Tokens, { garbage }: Behaviour): { username: string; answer: Answer } {
  const { url, body, token } = question;
  if (url === '/auth/login') {
    const { username } = JSON.parse(body) as { username: string };
    return { username, answer: tokens.issue(username) };
  }
  if (url === '/auth/refresh') {
    return { username: 'renewal', answer: tokens.renew((JSON.parse(body) as { refreshToken: string }).refreshToken) };
  }
  const username = tokens.use(token);
  if (username === undefined) return { username: tokens.ownerOf(token), answer: { status: 401, body: {} } };
  return { username, answer: garbage ?? rightAnswer(question) };
}

function rightAnswer({ method, url, body }: Question): Answer {
  const path = url.replace(/\?.*$/, '');
  if (method === 'POST' && path === '/events') {
    const events: unknown = JSON.parse(body);
    return { status: 202, body: { batchId: 'b-1', accepted: Array.isArray(events) ? events.length : 1 } };
  }
  if (path === '/search')
    return { status: 200, body: { total: 45, page: 1, pageSize: 20, hits: [{ id: 1 }, { id: 2 }] } };
  if (path === '/alerts') {
    const alert = { id: 1, severity: 3, status: 'open', correlationMs: 2.5, eventCount: 1 };
    return { status: 200, body: { items: [alert] } };
  }
  return { status: 200, body: {} };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function bearerToken({ headers }: IncomingMessage): string {
  return headers.authorization?.replace('Bearer ', '') ?? '';
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
