import type { ConnectionSettings } from './connector.ts';
import type { Exchange } from './exchange.ts';
import { Clocks } from './lane.ts';
import { LaneGroup } from './lane-group.ts';

/** The way to the target of one user, or of all users who share a pool. */
export interface Access {
  send(exchange: Exchange): void;
  /** The user has left. */
  close(): void;
}

/** Connections of one worker. */
export class Network {
  #isHalted = false;
  readonly #settings: ConnectionSettings;
  readonly #clocks = new Clocks();
  readonly #shared: Access | undefined;

  /** @param poolSize connections per origin that all users share; undefined: each user has one of their own. */
  constructor(settings: ConnectionSettings, poolSize: number | undefined) {
    this.#settings = settings;
    const pool = poolSize === undefined ? undefined : this.#lines(poolSize);
    this.#shared = pool && { send: (exchange) => pool.send(exchange), close: () => undefined };
  }

  /** For a user who begins. */
  access(): Access {
    return this.#shared ?? this.#lines(1);
  }

  /** From now on nothing is sent: what is asked for is never answered. */
  halt(): void {
    this.#isHalted = true;
  }

  #lines(size: number): Lines {
    return new Lines(size, this.#settings, this.#clocks, () => this.#isHalted);
  }
}

/** A group of connections for each origin that was asked for. */
class Lines implements Access {
  readonly #size: number;
  readonly #isHalted: () => boolean;
  readonly #settings: ConnectionSettings;
  readonly #clocks: Clocks;
  // Nearly every test has one target: the map for more is made when there are more.
  #firstKey = '';
  #first: LaneGroup | undefined = undefined;
  #others: Map<string, LaneGroup> | undefined = undefined;

  constructor(size: number, settings: ConnectionSettings, clocks: Clocks, isHalted: () => boolean) {
    this.#size = size;
    this.#settings = settings;
    this.#clocks = clocks;
    this.#isHalted = isHalted;
  }

  send(exchange: Exchange): void {
    if (this.#isHalted()) return;
    this.#groupFor(exchange).send(exchange);
  }

  close(): void {
    this.#first?.close();
    for (const group of this.#others?.values() ?? []) group.close();
  }

  #groupFor({ request: { origin } }: Exchange): LaneGroup {
    if (this.#first !== undefined && this.#firstKey === origin.key) return this.#first;
    const known = this.#others?.get(origin.key);
    if (known !== undefined) return known;
    const group = new LaneGroup(origin, this.#size, this.#settings, this.#clocks);
    if (this.#first === undefined) {
      this.#first = group;
      this.#firstKey = origin.key;
    } else {
      this.#others ??= new Map();
      this.#others.set(origin.key, group);
    }
    return group;
  }
}
