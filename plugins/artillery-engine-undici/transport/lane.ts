import type { Socket } from 'node:net';
import { Client } from 'undici';
import {
  type Connected,
  type ConnectionSettings,
  type Destination,
  type Handshake,
  openConnection,
} from './connector.ts';
import { Deadlines } from './deadlines.ts';
import type { Carrier, Exchange } from './exchange.ts';
import type { Reading } from './reading.ts';
import type { Origin, WireRequest } from './wire-request.ts';

/** Whoever hands out lanes, and is told when one is free again. */
export interface LaneKeeper {
  released(lane: Lane): void;
}

/** A connection without traffic in the middle of an answer is given up no sooner than this, as Artillery's is. */
const MIN_SILENCE_MS = 8_000;

/** Why a connection is closed. One for all: undici would make one each time, with a stack. By its code nobody is told of it. */
const LEFT = Object.assign(new Error('the user has left'), { code: 'UND_ERR_INFO' });

/** Lists of deadlines by their length; a worker needs one or two of them. */
export class Clocks {
  readonly #lists = new Map<number, Deadlines>();

  /** @param afterMs milliseconds, > 0. */
  after(afterMs: number): Deadlines {
    const list = this.#lists.get(afterMs) ?? new Deadlines(afterMs);
    this.#lists.set(afterMs, list);
    return list;
  }
}

/** One connection to one origin, made when it is first needed and again when the other side has closed it. One request at a time. */
export class Lane implements Carrier {
  /** Of the connection that the present exchange had to wait for. */
  handshake: Handshake | undefined = undefined;

  readonly #client: Client;
  readonly #keeper: LaneKeeper;
  readonly #clocks: Clocks;
  #socket: Socket | undefined = undefined;
  #reading: Reading | undefined = undefined;

  constructor(origin: Origin, settings: ConnectionSettings, clocks: Clocks, keeper: LaneKeeper) {
    this.#keeper = keeper;
    this.#clocks = clocks;
    this.#client = new Client(origin.url, {
      // Undici's own timers are coarse and restart with every byte; see Deadlines.
      headersTimeout: 0,
      bodyTimeout: 0,
      // A test sends what its YAML says, also if that is wrong.
      strictContentLength: false,
      connect: (destination: Destination, ready: Connected) => this.#connect(destination, settings, ready),
    });
  }

  get bytesRead(): number {
    return this.#reading?.bytes ?? 0;
  }

  get arrivedAt(): number {
    return this.#reading?.lastAt ?? 0;
  }

  get bytesWritten(): number {
    return this.#socket?.bytesWritten ?? 0;
  }

  /** The lane must be free. */
  carry(exchange: Exchange, now: number): void {
    exchange.carriedBy(this, now);
    this.#watch(exchange, exchange.request.timeoutMs, now);
    this.#client.dispatch(optionsOf(exchange.request), exchange);
  }

  /** Waiting for the connection is over, waiting for the answer begins: each may take the whole time. */
  started(exchange: Exchange): void {
    this.handshake = undefined;
    exchange.list?.remove(exchange);
    this.#watch(exchange, exchange.request.timeoutMs, exchange.sentAt);
  }

  answering(exchange: Exchange): void {
    exchange.list?.remove(exchange);
    this.#watch(exchange, Math.max(MIN_SILENCE_MS, exchange.request.timeoutMs), exchange.answeredAt);
  }

  ended(exchange: Exchange): void {
    exchange.list?.remove(exchange);
    this.#keeper.released(this);
  }

  /** Closes the connection. Nothing must be under way. */
  close(): void {
    this.#client.destroy(LEFT, () => undefined);
  }

  #watch(exchange: Exchange, afterMs: number, now: number): void {
    this.#clocks.after(afterMs).add(exchange, now);
  }

  #connect(destination: Destination, settings: ConnectionSettings, ready: Connected): void {
    openConnection(destination, settings, (...[error, connection]) => {
      if (error !== null) {
        ready(error, null);
        return;
      }
      this.#socket = connection.socket;
      this.#reading = connection.reading;
      this.handshake = connection.handshake;
      ready(null, connection.socket);
    });
  }
}

function optionsOf({ path, method, headers, body }: WireRequest): Parameters<Client['dispatch']>[0] {
  // Left alone, undici closes the connection after every HEAD.
  const keep = method === 'HEAD' ? { reset: false } : {};
  return { path, method, headers: headers as string[], body: body ?? null, ...keep };
}
