import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** JSON whose shape the test knows; a wrong guess fails the test. */
// biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes, and compare what they read.
export type Json = any;

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** What a request may carry. */
export interface RequestOptions {
  readonly token?: string | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Access and refresh token of a sign-in. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Asks one service. */
export interface Client {
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Signs in as the first seeded user with this role, or as another one of them. */
  signIn(role: string, place?: number): Promise<Tokens>;
}

/** A seeded account. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly role: string;
}

const USERS = readFileSync(new URL('../../../fixtures/data/users.csv', import.meta.url), 'utf8');

/** The seeded accounts with this role, in their order. */
export function accountsOf(role: string): Account[] {
  const rows = USERS.trim().split('\n').slice(1);
  const accounts = rows.map((row) => {
    const [username = '', password = '', ownRole = ''] = row.split(',');
    return { username, password, role: ownRole };
  });
  return accounts.filter((account) => account.role === role);
}

/** One seeded account. */
export function accountOf(role: string, place = 0): Account {
  const account = accountsOf(role)[place];
  if (account === undefined) throw new Error(`there are fewer than ${place + 1} accounts with the role ${role}`);
  return account;
}

const PATIENCE_MS = 10_000;

/** A client of the service at a URL. */
export function createClient(url: string): Client {
  async function request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const { token, json, text, headers = {} } = options;
    const body = json === undefined ? text : JSON.stringify(json);
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, body: parse(await response.text()) };
  }
  return {
    request,
    async signIn(role, place) {
      const { username, password } = accountOf(role, place);
      const { status, body } = await request('POST', '/auth/login', { json: { username, password } });
      if (status !== 200) throw new Error(`sign-in answered ${status}: ${JSON.stringify(body)}`);
      return body;
    },
  };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Asks again every 20 ms until the answer satisfies the condition. @throws after 10 s, with the last answer. */
export async function until(ask: () => Promise<Answer>, isDone: (answer: Answer) => boolean): Promise<Answer> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (isDone(answer)) return answer;
    if (performance.now() > deadline) throw new Error(`still not after 10 s: ${JSON.stringify(answer.body)}`);
    await sleep(20);
  }
}
