import type { Origin, Reading } from 'proving-ground/record/system/index.ts';

/** Something that can be looked at again and again. */
export interface Source {
  readonly origin: Origin;
  /** Address, process or the like, as a reader may see it: without passwords. */
  readonly where: string;
  /** What it says now. Rejects where it cannot be reached, with a reason in a few words. */
  look(): Promise<readonly Reading[]>;
  /** Texts behind values of labels; those of statements, for example. */
  texts?(): Readonly<Record<string, string>>;
  /** Ends what it holds open, at once; a look that is under way may reject. */
  close(): void;
}

/** How long a look may keep the system busy: the next one is due after a second. */
export const LOOK_TIMEOUT_MS = 900;

/**
 * How long a connection or an answer is waited for; looks that are due meanwhile are left out. On a machine that is full, a second without an answer is no
 * sign that nobody is there.
 */
export const ANSWER_TIMEOUT_MS = 3_000;

/** What the drivers of PostgreSQL and Redis say of it, in their own words; `fetch` has an error of its own. */
const UNANSWERED = /^(?:timeout expired|Query read timeout|Connection timeout|Socket timeout)/;

/** Why something cannot be reached, in a few words and without what it was asked with. */
export function reasonOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const { name, message, code, cause } = thrown as Record<string, unknown>;
  if (name === 'TimeoutError' || UNANSWERED.test(String(message))) {
    return `no answer within ${ANSWER_TIMEOUT_MS / 1_000} s`;
  }
  // Node tries several addresses of a name, and says of all together nothing but that it has failed.
  if (cause !== undefined && cause !== null) return reasonOf(cause);
  if (message === undefined || message === '') return String(code ?? 'unknown');
  return String(message);
}
