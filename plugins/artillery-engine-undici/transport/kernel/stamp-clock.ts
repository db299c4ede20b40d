/** Both clocks at one moment. */
export interface ClockReading {
  /** `performance.now()`, milliseconds. */
  readonly steadyMs: number;
  /** Since the epoch, by the clock that the kernel stamps with: whole seconds, and nanoseconds of the present one. */
  readonly sec: number;
  readonly nanosec: number;
}

/** Slewing changes a clock by half a thousandth at most (adjtimex(2)); twice that, and what reading two clocks costs. */
const MOST_SLEW = 0.001;
const READING_MS = 1;

/**
 * Turns the kernel's stamps, which are of the time of day, into times of `performance.now()`. The time of day may be set:
 * then what came before is taken to have come now.
 */
export class StampClock {
  readonly #read: () => ClockReading;
  #now: ClockReading;
  #isSet = false;

  constructor(read: () => ClockReading) {
    this.#read = read;
    this.#now = read();
  }

  /** To be called before stamps are translated. */
  look(): void {
    const before = this.#now;
    const now = this.#read();
    this.#now = now;
    const steadyMs = now.steadyMs - before.steadyMs;
    const movedMs = (now.sec - before.sec) * 1e3 + (now.nanosec - before.nanosec) / 1e6 - steadyMs;
    this.#isSet = Math.abs(movedMs) > READING_MS + MOST_SLEW * steadyMs;
  }

  /** When `look` was called last, milliseconds. */
  get lookedAt(): number {
    return this.#now.steadyMs;
  }

  /** @returns milliseconds, by `performance.now()`; of what came after the last look as well. */
  at(sec: number, nanosec: number): number {
    const { steadyMs, sec: nowSec, nanosec: nowNanosec } = this.#now;
    if (this.#isSet) return steadyMs;
    return steadyMs - ((nowSec - sec) * 1e3 + (nowNanosec - nanosec) / 1e6);
  }
}
