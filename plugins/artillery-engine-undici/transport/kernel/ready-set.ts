import type { Libc } from './libc.ts';

const EPOLL_CLOEXEC = 0o2000000;
const EPOLL_CTL_ADD = 1;
const EPOLL_CTL_DEL = 2;
const EPOLLIN = 1;

/** struct epoll_event, which is packed on x86-64 only: its size, and where the descriptor is in it. */
const EVENT = process.arch === 'x64' ? { size: 12, fd: 4 } : { size: 16, fd: 8 };

/** So many at a time: who is left over is found next time. */
const MOST_EVENTS = 256;

/** Descriptors of which it can be asked, in one call, which are readable (epoll(7)). A closed one leaves by itself. */
export class ReadySet {
  /** Is itself readable when one of them is. */
  readonly fd: number;

  readonly #libc: Libc;
  readonly #events = Buffer.alloc(EVENT.size * MOST_EVENTS);
  readonly #event = Buffer.alloc(EVENT.size);

  constructor(libc: Libc) {
    this.#libc = libc;
    this.fd = libc.epoll_create1(EPOLL_CLOEXEC);
  }

  add(fd: number): void {
    this.#event.writeUInt32LE(EPOLLIN, 0);
    this.#event.writeUInt32LE(fd, EVENT.fd);
    this.#libc.epoll_ctl(this.fd, EPOLL_CTL_ADD, fd, this.#event);
  }

  remove(fd: number): void {
    this.#libc.epoll_ctl(this.fd, EPOLL_CTL_DEL, fd, this.#event);
  }

  /** Looks who is readable now. @returns how many; `at` says which. */
  look(): number {
    return this.#libc.epoll_wait(this.fd, this.#events, MOST_EVENTS, 0);
  }

  at(index: number): number {
    return this.#events.readUInt32LE(index * EVENT.size + EVENT.fd);
  }
}
