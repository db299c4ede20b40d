import { outputRedactor } from '../redact.ts';

/** In a column of times: this did not happen, for example no connection was made for the request. */
export const NONE = 0xffffffff;

/** Capacity of a new buffer; a second at the highest rate of one worker takes it to 65,536. */
const INITIAL_CAPACITY = 4_096;

/** More different names than this share the last id: what varies without end must not fill the memory. */
const MAX_NAMES = 4_096;
const OTHER_NAMES = '(other)';

/** The columns whose values are names. */
export type NamedColumn = 'error' | 'phase' | 'journey' | 'endpoint';

/** All names that were given an id so far; the index is the id. Grows only. */
export type SampleNames = Readonly<Record<NamedColumn, readonly string[]>>;

/**
 * What one worker measured in some span of time: one sample per request on the wire, every hop of a redirect being one. All
 * columns have `count` entries. Times are microseconds, and `NONE` where the thing did not happen.
 */
export interface SampleBatch {
  /** Number of the worker, from 1. */
  readonly worker: number;
  readonly count: number;
  /** When the request should have begun, in milliseconds since the epoch, with fractions. */
  readonly due: Float64Array;
  /** From due until work on a connection for it began. */
  readonly queued: Uint32Array;
  /** Duration of the TCP connect, name lookup included; NONE on a connection that was open already. */
  readonly connect: Uint32Array;
  /** Duration of the TLS handshake. */
  readonly tls: Uint32Array;
  /** From due until the head of the request was handed to the socket. */
  readonly sent: Uint32Array;
  /** From due until the head of the answer arrived. */
  readonly firstByte: Uint32Array;
  /** From due until the last byte of the answer, or until the error was known. Never NONE. */
  readonly lastByte: Uint32Array;
  /** Bytes on the wire, heads included. */
  readonly bytesUp: Uint32Array;
  readonly bytesDown: Uint32Array;
  /** 0: no answer. */
  readonly status: Uint16Array;
  /** 1: the connection had carried a request before. */
  readonly reused: Uint8Array;
  /** Indices into `names`; -1: none. */
  readonly error: Int16Array;
  readonly phase: Int16Array;
  readonly journey: Int16Array;
  readonly endpoint: Int16Array;
  readonly names: SampleNames;
}

type Columns = Omit<SampleBatch, 'worker' | 'count' | 'names'>;

/** Collects the samples of one worker between two flushes. */
export class SampleBuffer {
  readonly #worker: number;
  readonly #names: Record<NamedColumn, string[]> = { error: [], phase: [], journey: [], endpoint: [] };
  readonly #ids: Record<NamedColumn, Map<string, number>> = {
    error: new Map(),
    phase: new Map(),
    journey: new Map(),
    endpoint: new Map(),
  };
  #capacity = INITIAL_CAPACITY;
  #columns = emptyColumns(INITIAL_CAPACITY);
  #count = 0;

  /** @param worker its number, 1–255. */
  constructor(worker: number) {
    this.#worker = worker;
  }

  /**
   * The id of a name, stable for the life of the buffer: look it up once and keep it. Secrets in it are redacted. The
   * 4,096th and all later ones of a column are called `(other)`.
   */
  nameId(column: NamedColumn, name: string): number {
    return this.#shownNameId(column, outputRedactor.text(name));
  }

  #shownNameId(column: NamedColumn, name: string): number {
    const ids = this.#ids[column];
    const known = ids.get(name);
    if (known !== undefined) return known;
    if (ids.size === MAX_NAMES - 1 && name !== OTHER_NAMES) return this.#shownNameId(column, OTHER_NAMES);
    if (ids.size === MAX_NAMES) return MAX_NAMES - 1;
    const id = ids.size;
    ids.set(name, id);
    this.#names[column].push(name);
    return id;
  }

  /**
   * Adds a sample. All times but the first are microseconds, 0 to 4,294,967,294 (71 minutes) or `NONE`; fractions are cut
   * off. `error`, `phase`, `journey` and `endpoint` are ids or -1. The parameters stand in a row, and not in an object,
   * because this is called for every request and must not allocate.
   *
   * @param dueMs milliseconds since the epoch, with fractions.
   * @param status 0: no answer.
   *
   * @example buffer.add(Date.now(), 12, NONE, NONE, 40, 900, 950, 200, -1, 120, 3_000, 1, 0, 0, 0)
   */
  add(
    dueMs: number,
    queued: number,
    connect: number,
    tls: number,
    sent: number,
    firstByte: number,
    lastByte: number,
    status: number,
    error: number,
    bytesUp: number,
    bytesDown: number,
    reused: 0 | 1,
    phase: number,
    journey: number,
    endpoint: number,
  ): void {
    if (this.#count === this.#capacity) this.#grow();
    const at = this.#count;
    const columns = this.#columns;
    columns.due[at] = dueMs;
    columns.queued[at] = queued;
    columns.connect[at] = connect;
    columns.tls[at] = tls;
    columns.sent[at] = sent;
    columns.firstByte[at] = firstByte;
    columns.lastByte[at] = lastByte;
    columns.status[at] = status;
    columns.error[at] = error;
    columns.bytesUp[at] = bytesUp;
    columns.bytesDown[at] = bytesDown;
    columns.reused[at] = reused;
    columns.phase[at] = phase;
    columns.journey[at] = journey;
    columns.endpoint[at] = endpoint;
    this.#count = at + 1;
  }

  /** What was added since the last call, as copies of exactly that size; undefined: nothing. */
  take(): SampleBatch | undefined {
    const count = this.#count;
    if (count === 0) return undefined;
    this.#count = 0;
    const { error, phase, journey, endpoint } = this.#names;
    return {
      worker: this.#worker,
      count,
      ...firstOf(this.#columns, count),
      names: { error: [...error], phase: [...phase], journey: [...journey], endpoint: [...endpoint] },
    };
  }

  #grow(): void {
    this.#capacity *= 2;
    const larger = emptyColumns(this.#capacity);
    copyInto(larger, this.#columns);
    this.#columns = larger;
  }
}

function emptyColumns(capacity: number): Columns {
  return {
    due: new Float64Array(capacity),
    queued: new Uint32Array(capacity),
    connect: new Uint32Array(capacity),
    tls: new Uint32Array(capacity),
    sent: new Uint32Array(capacity),
    firstByte: new Uint32Array(capacity),
    lastByte: new Uint32Array(capacity),
    bytesUp: new Uint32Array(capacity),
    bytesDown: new Uint32Array(capacity),
    status: new Uint16Array(capacity),
    reused: new Uint8Array(capacity),
    error: new Int16Array(capacity),
    phase: new Int16Array(capacity),
    journey: new Int16Array(capacity),
    endpoint: new Int16Array(capacity),
  };
}

function copyInto(target: Columns, source: Columns): void {
  target.due.set(source.due);
  target.queued.set(source.queued);
  target.connect.set(source.connect);
  target.tls.set(source.tls);
  target.sent.set(source.sent);
  target.firstByte.set(source.firstByte);
  target.lastByte.set(source.lastByte);
  target.bytesUp.set(source.bytesUp);
  target.bytesDown.set(source.bytesDown);
  target.status.set(source.status);
  target.reused.set(source.reused);
  target.error.set(source.error);
  target.phase.set(source.phase);
  target.journey.set(source.journey);
  target.endpoint.set(source.endpoint);
}

function firstOf(columns: Columns, count: number): Columns {
  return {
    due: columns.due.slice(0, count),
    queued: columns.queued.slice(0, count),
    connect: columns.connect.slice(0, count),
    tls: columns.tls.slice(0, count),
    sent: columns.sent.slice(0, count),
    firstByte: columns.firstByte.slice(0, count),
    lastByte: columns.lastByte.slice(0, count),
    bytesUp: columns.bytesUp.slice(0, count),
    bytesDown: columns.bytesDown.slice(0, count),
    status: columns.status.slice(0, count),
    reused: columns.reused.slice(0, count),
    error: columns.error.slice(0, count),
    phase: columns.phase.slice(0, count),
    journey: columns.journey.slice(0, count),
    endpoint: columns.endpoint.slice(0, count),
  };
}
