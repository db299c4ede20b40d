import type { SeenRequest } from './seen-request.ts';

/** What a test of the language can see of an engine. */
export interface Observation {
  readonly requests: readonly SeenRequest[];
  /** How many connections each server saw; only where the case compares it. */
  readonly connections?: Readonly<Record<string, number>>;
  /** The variables each user ended with. */
  readonly vars: readonly unknown[];
  /** What each user's callback was called with: `done`, `hung`, or the error. */
  readonly outcomes: readonly unknown[];
  readonly counters: Readonly<Record<string, number>>;
  /** How many values each histogram was given. */
  readonly histograms: Readonly<Record<string, number>>;
  readonly rates: Readonly<Record<string, number>>;
  /** Calls of hooks, with what they were given. */
  readonly hooks: readonly HookCall[];
  /** Lines written to the console. */
  readonly lines: readonly string[];
  /** Errors that nobody caught; in a real run they end Artillery's worker. */
  readonly uncaught: readonly string[];
}

/** One call of a function of the processor. */
export interface HookCall {
  readonly hook: string;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly error?: string;
  readonly vars: unknown;
}

/** Counts of events by name, as they go into Artillery's report. */
export class Tally {
  readonly #counts: Record<string, number> = {};

  add(name: string, count: number): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + count;
  }

  /** Names in alphabetical order. */
  counts(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.#counts).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
