import type { Document } from '@xmldom/xmldom';
import { type CheerioAPI, load } from 'cheerio';
import { attempt, type Reading, valueIn } from './reading.ts';
import { parseXml } from './xpath.ts';

/** What captures look into. Names of headers are in lower case. */
export interface CapturedResponse {
  readonly body: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
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
