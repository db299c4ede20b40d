import type { MessagePort } from 'node:worker_threads';
import type { Address } from './address.ts';
import type { Outcome } from './bring-up.ts';
import type { Exit, Program } from './platform-process.ts';

/** What the keeper's thread is to do. */
export interface KeeperOrder {
  readonly program: Program;
  readonly address: Address;
  readonly env: Readonly<Record<string, string>>;
  readonly startTimeoutMs: number;
}

/** What the keeper's thread is started with. */
export interface KeeperData extends KeeperOrder {
  readonly port: MessagePort;
  /** One 32-bit number: 0 until the outcome has been sent. */
  readonly decided: SharedArrayBuffer;
}

/** The first message of the thread. */
export interface OutcomeMessage {
  readonly kind: 'outcome';
  readonly outcome: Outcome;
  readonly pid: number | undefined;
}

/** From the thread: after the outcome, lines of the platform's standard error, and its end. */
export type KeeperMessage =
  | OutcomeMessage
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'ended'; readonly exit: Exit; readonly lastLine: string | undefined };

/** To the thread: stop the platform. `ended` is the answer. */
export interface KeeperRequest {
  readonly kind: 'stop';
  readonly graceMs: number;
}
