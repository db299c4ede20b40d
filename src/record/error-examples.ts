import type { ErrorExample } from './error-example-record.ts';
import { outputRedactor, type Redactor } from './redact.ts';

// Everything here costs something only when a request has gone wrong, and then little: in a run in which all of them do, all
// but the first few are left at the first question, `wants`.

const MOST_KINDS = 20;
const EXAMPLES_PER_KIND = 3;

/** Two examples of one kind and endpoint that are closer together would say the same. Milliseconds. */
const APART_MS = 10_000;

const MOST_CHARACTERS = 200;

/** Collects the first few examples of each kind of error. */
export interface ErrorExamples {
  /**
   * Whether an example would be kept: at most 3 of a kind, of different endpoints or 10 s apart, and of at most 20 kinds.
   *
   * @param atMs milliseconds of any clock that goes on.
   */
  wants(kind: string, endpoint: string | undefined, atMs: number): boolean;
  /** Keeps an example that is wanted, and leaves any other. */
  add(example: ErrorExample): void;
  /** Those that were kept since the last call. */
  take(): readonly ErrorExample[];
}

/** An empty collection. */
export function createErrorExamples(): ErrorExamples {
  const kinds = new Map<string, { count: number; readonly lastAt: Map<string, number> }>();
  let fresh: ErrorExample[] = [];

  function wants(kind: string, endpoint = '', atMs: number): boolean {
    const known = kinds.get(kind);
    if (known === undefined) return kinds.size < MOST_KINDS;
    return known.count < EXAMPLES_PER_KIND && atMs - (known.lastAt.get(endpoint) ?? -Infinity) >= APART_MS;
  }

  return {
    wants,
    add: (example) => {
      const { kind, endpoint = '', at } = example;
      const atMs = Date.parse(at);
      if (!wants(kind, endpoint, atMs)) return;
      const known = kinds.get(kind) ?? { count: 0, lastAt: new Map() };
      kinds.set(kind, { count: known.count + 1, lastAt: known.lastAt.set(endpoint, atMs) });
      fresh.push(example);
    },
    take: () => {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}

/**
 * What somebody said, as it may be shown: without secrets, on one line, at most 200 characters; undefined if nothing is left.
 * Secrets are taken out first, since half a secret would not be known for one.
 *
 * @param isWhole false: the text goes on. Where so little is left of it that its end would be shown nothing is, because what
 * stands there may be half a secret.
 *
 * @example saidText('connect\n  ECONNREFUSED') // 'connect ECONNREFUSED'
 */
export function saidText(text: string, isWhole = true, redactor: Redactor = outputRedactor): string | undefined {
  const line = redactor
    .text(text)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  if (line === '') return undefined;
  if (line.length <= MOST_CHARACTERS) return isWhole ? line : undefined;
  return `${line.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…`;
}

/** What an error is counted under: its code, else its text, as Artillery does it. It may hold secrets. */
export function errorKind(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return String(code || message || 'unknown error');
}

/** What an error says beside its kind; undefined: nothing more. */
export function saidByError(error: unknown, kind: string): string | undefined {
  const text = messageOf(error);
  return text === kind ? undefined : saidText(text);
}

/** Of a connection that was tried to several addresses, only the single attempts have something to say. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
