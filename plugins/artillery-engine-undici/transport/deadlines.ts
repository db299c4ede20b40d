/** Something that must be over by a certain time. */
export interface Deadline {
  /** The list it stands in and its links there; only `Deadlines` touches them. */
  list: Deadlines | undefined;
  next: Deadline | undefined;
  previous: Deadline | undefined;
  /** `performance.now()`, milliseconds. */
  expiresAt: number;
  /** Called when the time is up. */
  expire(): void;
}

/**
 * Deadlines of one length: what begins first ends first, so a list is enough, and to begin and to end one costs next to
 * nothing. A timer for each request would be the largest part of what a request costs.
 */
export class Deadlines {
  readonly #afterMs: number;
  #first: Deadline | undefined;
  #last: Deadline | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param afterMs length in milliseconds, > 0. */
  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /** Begins. The deadline must not be in any list. @param now `performance.now()`. */
  add(deadline: Deadline, now: number): void {
    deadline.list = this;
    deadline.expiresAt = now + this.#afterMs;
    deadline.previous = this.#last;
    deadline.next = undefined;
    if (this.#last === undefined) this.#first = deadline;
    else this.#last.next = deadline;
    this.#last = deadline;
    if (this.#timer === undefined) this.#timer = this.#wakeIn(this.#afterMs);
  }

  /** Ends in time. The deadline must be in this list. */
  remove(deadline: Deadline): void {
    if (deadline.previous === undefined) this.#first = deadline.next;
    else deadline.previous.next = deadline.next;
    if (deadline.next === undefined) this.#last = deadline.previous;
    else deadline.next.previous = deadline.previous;
    deadline.list = undefined;
    deadline.next = undefined;
    deadline.previous = undefined;
  }

  #wakeIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#expireDue(), Math.max(1, Math.ceil(ms))).unref();
  }

  #expireDue(): void {
    const now = performance.now();
    for (let first = this.#first; first !== undefined && first.expiresAt <= now; first = this.#first) {
      this.remove(first);
      first.expire();
    }
    this.#timer = this.#first === undefined ? undefined : this.#wakeIn(this.#first.expiresAt - now);
  }
}
