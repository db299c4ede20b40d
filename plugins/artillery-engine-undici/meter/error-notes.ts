import type { ErrorExample } from 'proving-ground/record/error-example-record.ts';
import { createErrorExamples, errorKind, saidByError, saidText } from 'proving-ground/record/error-examples.ts';
import { outputRedactor } from 'proving-ground/record/redact.ts';
import { readBody } from '../request/answer-body.ts';
import type { Exchange } from '../transport/exchange.ts';

/** Where something went wrong, beside the endpoint; names without secrets. */
export interface ErrorPlace {
  readonly journey: string | undefined;
  readonly phase: string | undefined;
}

/** From here on an answer is an example of what went wrong; 4xx are refusals and no errors. */
export const FIRST_BAD_STATUS = 400;

/** Difference between `performance.now()` and the time since the epoch, milliseconds. */
const EPOCH = performance.timeOrigin;

/** Keeps examples of what goes wrong in one worker. Nobody calls it about a request that went well. */
export class ErrorNotes {
  readonly #examples = createErrorExamples();
  /** A request that fails ends the journey of its user with the same error: that is not another one. */
  #noted: unknown = undefined;

  /** A request without an answer, or with an answer from 400 on. */
  exchange(exchange: Exchange, endpoint: string | undefined, placeOf: () => ErrorPlace): void {
    const { error, status } = exchange;
    this.#noted = error;
    const kind = error === undefined ? String(status) : kindOf(error);
    this.#note(kind, endpoint, exchange.dueAt, () => ({
      ...placeOf(),
      afterMs: exchange.endedAt - exchange.dueAt,
      ...(error === undefined ? saidByServer(exchange) : saidByClient(error, kind)),
    }));
  }

  /** What ended a journey although there was an answer: a capture, a check, a hook. */
  answered(error: unknown, exchange: Exchange, endpoint: string | undefined, placeOf: () => ErrorPlace): void {
    this.#noted = error;
    const kind = kindOf(error);
    this.#note(kind, endpoint, exchange.dueAt, () => ({
      ...placeOf(),
      afterMs: exchange.endedAt - exchange.dueAt,
      // A failed capture says nothing more; the answer that it was to be taken from does.
      ...(saidByClient(error, kind) ?? saidByServer(exchange)),
    }));
  }

  /** What ended a journey, wherever it came from. */
  journey(error: unknown, placeOf: () => ErrorPlace): void {
    const isNoted = this.#noted === error;
    this.#noted = undefined;
    if (isNoted) return;
    const kind = kindOf(error);
    this.#note(kind, undefined, performance.now(), () => ({ ...placeOf(), ...saidByClient(error, kind) }));
  }

  /** Those since the last call. */
  take(): readonly ErrorExample[] {
    return this.#examples.take();
  }

  #note(kind: string, endpoint: string | undefined, time: number, rest: () => Details): void {
    if (!this.#examples.wants(kind, endpoint, EPOCH + time)) return;
    const at = new Date(EPOCH + time).toISOString();
    this.#examples.add({ kind, endpoint, at, ...rest() });
  }
}

type Said = Pick<ErrorExample, 'said' | 'saidBy'>;

type Details = Partial<ErrorPlace> & Said & { readonly afterMs?: number };

/** As samples call it. */
function kindOf(error: unknown): string {
  return outputRedactor.text(errorKind(error));
}

function saidByClient(error: unknown, kind: string): Said | undefined {
  const said = saidByError(error, kind);
  return said === undefined ? undefined : { said, saidBy: 'client' };
}

function saidByServer(exchange: Exchange): Said | undefined {
  const said = bodyText(exchange);
  return said === undefined ? undefined : { said, saidBy: 'server' };
}

/** Of a text so much is looked at. */
const LOOKED_AT = 16_384;

/** A small body can unpack to a huge one. */
const MOST_UNPACKED_BYTES = 1_048_576;

const TEXT = /\b(?:json|text|xml|html|javascript|x-www-form-urlencoded)\b/i;

/** The text of an answer; undefined where it has none, or something that is no text. */
function bodyText({ headers, chunks, bodyBytes }: Exchange): string | undefined {
  const type = String(headers['content-type'] ?? 'text/plain');
  const encoding = headers['content-encoding'];
  if (chunks.length === 0 || !TEXT.test(type)) return undefined;
  try {
    const body = readBody(chunks, typeof encoding === 'string' ? encoding : undefined, MOST_UNPACKED_BYTES);
    const text = body.slice(0, LOOKED_AT);
    const isWhole = text.length === body.length && chunks.reduce((sum, { length }) => sum + length, 0) === bodyBytes;
    return saidText(/html/i.test(type) ? withoutTags(text) : text, isWhole);
  } catch {
    // Packed in another way than it says, only there in part, or larger than is worth it.
    return undefined;
  }
}

/** Secrets first: one may look like a tag. */
function withoutTags(text: string): string {
  return outputRedactor.text(text).replace(/<(script|style)\b[^<]*<\/\1>|<[^<>]*>/gi, ' ');
}
