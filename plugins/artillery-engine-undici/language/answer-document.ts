import type { Document } from '@xmldom/xmldom';
import { type CheerioAPI, load } from 'cheerio';
import { parseXml } from './xpath.ts';

/** What captures look into. Names of headers are in lower case. */
export interface CapturedResponse {
  readonly body: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What was read, or why it could not be. */
export type Reading<Value> = { readonly value: Value } | { readonly error: unknown };

/** Runs something that may throw. */
export function attempt<Value>(read: () => Value): Reading<Value> {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}

/** The value. @throws the error that stands in its place */
export function valueIn<Value>(reading: Reading<Value>): Value {
  if ('error' in reading) throw reading.error;
  return reading.value;
}

/** One answer, parsed as each kind of capture needs it, once however many captures there are. */
export class AnswerDocument {
  readonly body: string;
  readonly headers: CapturedResponse['headers'];
  #json: Reading<unknown> | undefined;
  #html: CheerioAPI | undefined;
  #xml: Reading<Document> | undefined;

  constructor({ body, headers }: CapturedResponse) {
    this.body = body;
    this.headers = headers;
  }

  /** @throws SyntaxError */
  get json(): unknown {
    this.#json ??= attempt((): unknown => JSON.parse(this.body));
    return valueIn(this.#json);
  }

  get html(): CheerioAPI {
    this.#html ??= load(this.body);
    return this.#html;
  }

  /** @throws Error for a body that is not well-formed */
  get xml(): Document {
    this.#xml ??= attempt(() => parseXml(this.body));
    return valueIn(this.#xml);
  }
}
