import type { User } from './user.ts';

/** One instruction of a compiled journey. */
export interface Instruction {
  /**
   * @returns true: done, the next one follows at once. False: the strand waits until `resume` is called.
   * @throws whatever ends the journey.
   */
  execute(strand: Strand): boolean;
}

/** A compiled journey, or one branch of a `parallel`. */
export type Program = readonly Instruction[];

/** Instructions that follow each other without waiting, before others get their turn: a loop of `log` never waits. */
const MAX_BURST = 1_000;

/** A user's way through a program: one instruction after the other. */
export class Strand {
  readonly user: User;
  /**
   * When the step that comes next should begin, `performance.now()` in milliseconds: the planned arrival, then the end of
   * each step, then the end of each pause as planned. A step that begins late leaves this as it is, so that the lateness
   * counts.
   */
  readyAt: number;
  /** State of the loops that the strand is in, innermost last. */
  readonly loops: unknown[] = [];

  readonly #program: Program;
  readonly #onEnd: (error?: unknown) => void;
  #at = 0;

  /** @param onEnd called once, with what ended it early if anything did. */
  constructor(user: User, program: Program, readyAt: number, onEnd: (error?: unknown) => void) {
    this.user = user;
    this.#program = program;
    this.readyAt = readyAt;
    this.#onEnd = onEnd;
  }

  /** Continues at the instruction of this number, from 0. */
  jump(to: number): void {
    this.#at = to;
  }

  /** Runs until something must be waited for, or the end. */
  run(): void {
    for (let burst = 0; burst < MAX_BURST; burst += 1) {
      const instruction = this.#program[this.#at];
      if (instruction === undefined) {
        this.#onEnd();
        return;
      }
      this.#at += 1;
      try {
        if (!instruction.execute(this)) return;
      } catch (thrown) {
        this.#onEnd(thrown);
        return;
      }
    }
    setImmediate(() => this.run());
  }

  /** Does something when the strand is due: at once, unless another load generator has its turn. */
  whenDue(work: () => void): void {
    const { turns, alarm } = this.user.resources;
    this.readyAt = turns.after(this.readyAt, 0);
    if (this.readyAt <= performance.now()) work();
    else alarm.at(this.readyAt, () => this.#orEnd(work));
  }

  /** What was waited for is over. @param error what ends the journey. */
  resume(error?: unknown): void {
    if (error === undefined || error === null) this.run();
    else this.#onEnd(error);
  }

  #orEnd(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.#onEnd(thrown);
    }
  }

  /**
   * Begins something that calls back, at once or later.
   *
   * @returns what `execute` returns.
   */
  wait(begin: (done: (error?: unknown) => void) => void): boolean {
    let state: 'beginning' | 'waiting' | 'done' = 'beginning';
    let failure: unknown;
    begin((error) => {
      if (state === 'done') return;
      const isLater = state === 'waiting';
      state = 'done';
      if (isLater) this.resume(error);
      else failure = error;
    });
    if ((state as string) !== 'done') {
      state = 'waiting';
      return false;
    }
    if (failure !== undefined && failure !== null) throw failure;
    return true;
  }
}
