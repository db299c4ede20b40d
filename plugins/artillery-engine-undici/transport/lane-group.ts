import type { ConnectionSettings } from './connector.ts';
import type { Exchange } from './exchange.ts';
import { type Clocks, Lane, type LaneKeeper } from './lane.ts';
import type { Origin } from './wire-request.ts';

/** The connections to one origin that somebody may use at the same time. Who comes when all are busy waits in line. */
export class LaneGroup implements LaneKeeper {
  readonly #origin: Origin;
  readonly #size: number;
  readonly #settings: ConnectionSettings;
  readonly #clocks: Clocks;
  readonly #lanes: Lane[] = [];
  readonly #free: Lane[] = [];
  #waiting: Exchange[] | undefined = undefined;
  #firstWaiting = 0;
  #isClosed = false;

  /** @param size how many connections at most, >= 1. */
  constructor(origin: Origin, size: number, settings: ConnectionSettings, clocks: Clocks) {
    this.#origin = origin;
    this.#size = size;
    this.#settings = settings;
    this.#clocks = clocks;
  }

  send(exchange: Exchange): void {
    const lane = this.#free.pop() ?? this.#open();
    if (lane !== undefined) {
      lane.carry(exchange, exchange.beganAt);
      return;
    }
    this.#waiting ??= [];
    this.#waiting.push(exchange);
  }

  released(lane: Lane): void {
    const next = this.#nextWaiting();
    if (next !== undefined) lane.carry(next, performance.now());
    else if (this.#isClosed) lane.close();
    else this.#free.push(lane);
  }

  /** Closes every connection, those in use as soon as they are free. */
  close(): void {
    this.#isClosed = true;
    for (const lane of this.#free) lane.close();
    this.#free.length = 0;
  }

  #open(): Lane | undefined {
    if (this.#lanes.length >= this.#size) return undefined;
    const lane = new Lane(this.#origin, this.#settings, this.#clocks, this);
    this.#lanes.push(lane);
    return lane;
  }

  #nextWaiting(): Exchange | undefined {
    const waiting = this.#waiting;
    const next = waiting?.[this.#firstWaiting];
    if (waiting === undefined || next === undefined) return undefined;
    this.#firstWaiting += 1;
    if (this.#firstWaiting === waiting.length) {
      this.#waiting = undefined;
      this.#firstWaiting = 0;
    } else if (this.#firstWaiting > 1_024) {
      waiting.splice(0, this.#firstWaiting);
      this.#firstWaiting = 0;
    }
    return next;
  }
}
