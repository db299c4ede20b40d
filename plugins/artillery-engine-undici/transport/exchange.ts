import type { Handshake } from './connector.ts';
import type { Deadline, Deadlines } from './deadlines.ts';
import type { WireRequest } from './wire-request.ts';

/** Who waits for the end of an exchange. */
export interface Receiver {
  /** The answer is complete, or there will be none: `exchange.error` says so. */
  ended(exchange: Exchange): void;
}

/** Headers of an answer as undici parses them: names in lower case, a list where there are several of a name. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The part of undici's controller of a request that is needed. */
interface Controller {
  abort(reason: Error): void;
}

/** What an exchange needs of the connection that carries it. */
export interface Carrier {
  readonly handshake: Handshake | undefined;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** When bytes last came; 0: never. */
  readonly arrivedAt: number;
  /** The head is out: from now on time is running. */
  started(exchange: Exchange): void;
  /** The head of the answer is in. */
  answering(exchange: Exchange): void;
  ended(exchange: Exchange): void;
}

/** What is kept of the body of a bad answer whose body nobody asked for, and at most one chunk more. */
const EXCERPT_BYTES = 16_384;

/** A request, its answer, and when each part of them happened, all by `performance.now()` in milliseconds. */
export class Exchange implements Deadline {
  list: Deadlines | undefined = undefined;
  next: Deadline | undefined = undefined;
  previous: Deadline | undefined = undefined;
  expiresAt = 0;

  readonly request: WireRequest;
  readonly receiver: Receiver;
  /** Whether the body of the answer is kept. */
  readonly keepsBody: boolean;
  /** When it should have begun. */
  readonly dueAt: number;
  /** When work on it began. */
  readonly beganAt: number;
  /** When there was a connection, or one was begun to be made, for it. */
  carriedAt = 0;
  /** 0: never. */
  sentAt = 0;
  /** The head of the answer came; 0: never. */
  answeredAt = 0;
  /** The last byte came, or the error was known. */
  endedAt = 0;
  /** 0: no answer. */
  status = 0;
  headers: AnswerHeaders = {};
  /** The body, if it is kept; of an answer from 400 on at least its beginning, which says what is wrong. */
  chunks: Buffer[] = [];
  /** Of the body as it came. */
  bodyBytes = 0;
  error: (Error & { code?: string }) | undefined = undefined;
  /** Of the connection, if it was made for this exchange. */
  handshake: Handshake | undefined = undefined;
  bytesUp = 0;
  bytesDown = 0;

  #carrier: Carrier | undefined = undefined;
  #controller: Controller | undefined = undefined;
  #readBefore = 0;
  #writtenBefore = 0;

  constructor(request: WireRequest, receiver: Receiver, keepsBody: boolean, dueAt: number, beganAt: number) {
    this.request = request;
    this.receiver = receiver;
    this.keepsBody = keepsBody;
    this.dueAt = dueAt;
    this.beganAt = beganAt;
  }

  /** A connection takes it on. */
  carriedBy(carrier: Carrier, now: number): void {
    this.#carrier = carrier;
    this.carriedAt = now;
  }

  /** Its time is up. */
  expire(): void {
    const isAnswered = this.status !== 0;
    const error = isAnswered
      ? fault('ERR_SOCKET_TIMEOUT', 'Socket timeout')
      : fault('ETIMEDOUT', `Timeout awaiting 'response' for ${this.request.timeoutMs}ms`);
    if (this.#controller === undefined) this.onResponseError(undefined, error);
    else this.#controller.abort(error);
  }

  // From here on, what undici calls: the names are those of its Dispatcher.DispatchHandler.

  onRequestStart(controller: Controller): void {
    // Ended while it waited for its connection: the time was up.
    if (this.endedAt !== 0 && this.error !== undefined) {
      controller.abort(this.error);
      return;
    }
    this.#controller = controller;
    this.sentAt = performance.now();
    const carrier = this.#carrier;
    if (carrier === undefined) return;
    this.handshake = carrier.handshake;
    this.#readBefore = carrier.bytesRead;
    this.#writtenBefore = carrier.bytesWritten;
    carrier.started(this);
  }

  onResponseStart(_controller: Controller, statusCode: number, headers: AnswerHeaders): void {
    // 100 and 103 come before the answer.
    if (statusCode < 200) return;
    this.answeredAt = this.#arrivedAt();
    this.status = statusCode;
    this.headers = headers;
    this.#carrier?.answering(this);
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    if (this.keepsBody || (this.status >= 400 && this.bodyBytes < EXCERPT_BYTES)) this.chunks.push(chunk);
    this.bodyBytes += chunk.length;
  }

  onResponseEnd(): void {
    this.#end(this.#arrivedAt());
  }

  onResponseError(_controller: Controller | undefined, error: Error & { code?: string }): void {
    if (this.endedAt !== 0) return;
    this.error = asKnownToUsers(error);
    this.#end(performance.now());
  }

  /** When what has just been parsed came: parsing it takes the generator's time, which is none of the answer's. */
  #arrivedAt(): number {
    const arrivedAt = this.#carrier?.arrivedAt ?? 0;
    return arrivedAt > this.sentAt ? arrivedAt : performance.now();
  }

  #end(endedAt: number): void {
    this.endedAt = endedAt;
    const carrier = this.#carrier;
    if (carrier !== undefined) {
      if (this.sentAt !== 0) {
        this.bytesUp = carrier.bytesWritten - this.#writtenBefore;
        this.bytesDown = carrier.bytesRead - this.#readBefore;
      }
      carrier.ended(this);
    }
    this.receiver.ended(this);
  }
}

/** Undici has codes of its own for what Node, and with it Artillery's own engine, calls by the name of the system. */
const SYSTEM_CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_CLOSED: 'ECONNRESET',
  UND_ERR_DESTROYED: 'ECONNRESET',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'ECONNRESET',
};

function asKnownToUsers(error: Error & { code?: string }): Error & { code?: string } {
  const code = error.name === 'HTTPParserError' ? parserCode(error.message) : SYSTEM_CODES[error.code ?? ''];
  return code === undefined ? error : fault(code, error.message, error);
}

/** Undici gives these errors no code, and the parser's own is what they are counted by. */
function parserCode(message: string): string {
  return message.includes('Expected HTTP/') ? 'HPE_INVALID_CONSTANT' : 'HPE_PARSE_ERROR';
}

function fault(code: string, message: string, cause?: Error): Error & { code: string } {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { code });
}
