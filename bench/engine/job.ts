/** What is sent: bare GETs; POSTs with JSON, a captured token, templated headers and a hook; the journeys of the peak test. */
export type Workload = 'bare' | 'post' | 'journeys';

/** As much as one core of the generator can do, or the same rate for everybody. */
export type Load = 'saturated' | 'fixed';

/** Requests per second of a fixed load. */
export const FIXED_RATE_PER_SEC = 2000;

/** Users, or connections, that are at work at the same time under a saturated load. */
export const USERS = 50;

/** Longer than any bench: generators are stopped, they do not end. */
export const FOREVER_SECONDS = 3600;

/** One thing that a generator is asked to do. */
export interface Job {
  readonly workload: Workload;
  readonly load: Load;
  /** `http://host:port` of the target. */
  readonly url: string;
  /** An empty folder for whatever the generator needs or writes. */
  readonly folder: string;
}

/** A program, and how to start it. */
export interface Command {
  readonly argv: readonly string[];
  /** On top of the environment of the bench. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A load generator. */
export interface Generator {
  readonly name: string;
  /** Time that its compiler needs until it runs at its best, in milliseconds. */
  readonly warmUpMs: number;
  isInstalled(): boolean;
  /** False where it has no way to express this. */
  can(workload: Workload, load: Load): boolean;
  /** How it does a job that it can do. */
  command(job: Job): Command;
}
