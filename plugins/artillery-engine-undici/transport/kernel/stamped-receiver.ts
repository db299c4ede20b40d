import type { Libc } from './libc.ts';
import { type ClockReading, StampClock } from './stamp-clock.ts';

const AF_INET = 2;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_TIMESTAMPNS = 35;
const MSG_DONTWAIT = 0x40;
const CLOCK_REALTIME = 0;

/** struct msghdr, then the one struct iovec it points to. */
const MESSAGE = { size: 72, iov: 16, iovlen: 24, control: 32, controllen: 40, iovBase: 56, iovLen: 64 };
/** struct cmsghdr, then the struct timespec that is asked for; room for more, which is never sent. */
const CONTROL = { size: 64, sec: 16, nanosec: 24, stampedSize: 32 };

/** As much as Node reads at once. */
const MOST_BYTES = 65_536;

/** The two clocks are read again when there was this much time between them, milliseconds, as there is for who has lost its core. */
const APART_MS = 0.02;
const MOST_READINGS = 5;

const ON = Buffer.from([1, 0, 0, 0]);

/** Reads sockets, and when the kernel had what is read (SO_TIMESTAMPNS, socket(7)). */
export class StampedReceiver {
  /** When the last byte read had come, milliseconds by `performance.now()`. */
  arrivedAt = 0;

  readonly #libc: Libc;
  readonly #clock: StampClock;
  readonly #bytes = Buffer.allocUnsafeSlow(MOST_BYTES);
  readonly #control = Buffer.alloc(CONTROL.size);
  readonly #message = Buffer.alloc(MESSAGE.size);
  readonly #time = Buffer.alloc(16);

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#clock = new StampClock(() => this.#readClocks());
    const message = this.#message;
    message.writeBigUInt64LE(libc.addressOf(message) + BigInt(MESSAGE.iovBase), MESSAGE.iov);
    message.writeBigUInt64LE(1n, MESSAGE.iovlen);
    message.writeBigUInt64LE(libc.addressOf(this.#control), MESSAGE.control);
    message.writeBigUInt64LE(libc.addressOf(this.#bytes), MESSAGE.iovBase);
    message.writeBigUInt64LE(BigInt(MOST_BYTES), MESSAGE.iovLen);
    // The kernel stamps packets while anybody wants it, and to begin takes a while: this one wants it as long as the process lives.
    this.stamp(libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  }

  /** To be called when something is to be received, once for all that is there. */
  look(): void {
    this.#clock.look();
  }

  /** Has the kernel note from now on when something comes. @returns whether it can. */
  stamp(fd: number): boolean {
    return this.#libc.setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, ON, ON.length) === 0;
  }

  /** @returns what was there, empty at the end; or, as a number, the error: `errno`. */
  receive(fd: number): Buffer | number {
    const message = this.#message;
    message.writeUInt32LE(CONTROL.size, MESSAGE.controllen);
    const count = this.#libc.recvmsg(fd, message, MSG_DONTWAIT);
    if (count < 0) return this.#libc.errno();
    const isStamped = message.readUInt32LE(MESSAGE.controllen) >= CONTROL.stampedSize;
    this.arrivedAt = isStamped
      ? this.#clock.at(this.#control.readUInt32LE(CONTROL.sec), this.#control.readUInt32LE(CONTROL.nanosec))
      : this.#clock.lookedAt;
    const received = Buffer.allocUnsafe(count);
    this.#bytes.copy(received, 0, 0, count);
    return received;
  }

  #readClocks(): ClockReading {
    for (let reading = 1; ; reading++) {
      const beforeMs = performance.now();
      this.#libc.clock_gettime(CLOCK_REALTIME, this.#time);
      const steadyMs = performance.now();
      if (steadyMs - beforeMs > APART_MS && reading < MOST_READINGS) continue;
      return { steadyMs, sec: this.#time.readUInt32LE(0), nanosec: this.#time.readUInt32LE(8) };
    }
  }
}
