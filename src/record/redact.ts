import { soundsSecret } from '../workload/secrets/secret-names.ts';
import { KnownValues } from './known-values.ts';

const REDACTED = '[redacted]';

/** Of secrets that users come by during a run, at least this many of the latest are known. */
const RECENT = 20_000;

/** Metric names recur with every request; what they became is kept for this many texts, of up to so many characters. */
const CACHED = 10_000;
const CACHED_LENGTH = 1_024;

/**
 * Takes secrets out of texts: the values that it was taught, and what can be seen to be a secret without knowing it (user
 * and password of a URL, `?token=…`, `Bearer …`, JSON Web Tokens, `"password": "…"`).
 */
export interface Redactor {
  /**
   * Teaches it values, for good. They are also found in the form in which URLs and JSON carry them. Values below 4 characters
   * are left out; those below 6 are found only as whole texts.
   */
  learn(values: Iterable<string>): void;
  /** As `learn`, for values that come and go with users, such as captured tokens: at least the latest 20,000 stay known. */
  learnPassing(values: Iterable<string>): void;
  /** A text without secrets; the same text if it holds none. */
  text(text: string): string;
  /** A deep copy of plain data in which every text is without secrets. Keys stay as they are. */
  texts<T>(value: T): T;
}

/** A redactor that knows no values yet. */
export function createRedactor(): Redactor {
  const lasting = new KnownValues();
  let passing = [new KnownValues(), new KnownValues()] as const;
  const cache = new Map<string, string>();

  function text(original: string): string {
    const cached = cache.get(original);
    if (cached !== undefined) return cached;
    const redacted = withoutPatterns(withoutValues(original, [lasting, ...passing]));
    if (cache.size >= CACHED) cache.clear();
    if (original.length <= CACHED_LENGTH) cache.set(original, redacted);
    return redacted;
  }

  function teach(known: KnownValues, values: Iterable<string>): void {
    let isNew = false;
    for (const value of values) for (const form of formsOf(value)) isNew = known.add(form) || isNew;
    if (isNew) cache.clear();
  }

  return {
    learn: (values) => teach(lasting, values),
    learnPassing: (values) => {
      if (passing[0].size >= RECENT) passing = [new KnownValues(), passing[0]];
      teach(passing[0], values);
    },
    text,
    texts: <T>(value: T) => mapTexts(value, text) as T,
  };
}

/**
 * The redactor of this thread, which everything that is written or printed goes through: reports, tables, metric names,
 * annotations. There is one, because what must not be shown is a fact about the process and not about a caller. The verdict
 * plugin and the commands teach it the secrets of the test; whatever writes a new kind of output calls `text` or `texts`.
 *
 * @example outputRedactor.learn(['s3cr3t-value']); outputRedactor.text('GET /x?y=s3cr3t-value') // 'GET /x?y=[redacted]'
 */
export const outputRedactor: Redactor = createRedactor();

/**
 * A deep copy of plain data in which the value of every key that sounds like a secret is replaced, and every text and key
 * is without secrets. Functions and undefined are left out, as JSON does.
 */
export function redactSecrets(value: unknown, redactor: Redactor = outputRedactor): unknown {
  if (typeof value === 'string') return redactor.text(value);
  if (Array.isArray(value)) return value.map((item) => redactSecrets(item, redactor));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined && typeof field !== 'function');
  return Object.fromEntries(
    entries.map(([name, field]) => [
      redactor.text(name),
      isSecret(name, field) ? REDACTED : redactSecrets(field, redactor),
    ]),
  );
}

function isSecret(name: string, field: unknown): boolean {
  return (typeof field === 'string' || typeof field === 'number') && soundsSecret(name);
}

/** A value as it may stand in a text: plain, in a URL, in JSON. */
function formsOf(value: string): Set<string> {
  // encodeURIComponent throws on half a character.
  const inUrl = value.isWellFormed() ? encodeURIComponent(value) : value;
  // What stands in for secrets must not become one: a text would grow each time it is looked at.
  if (REDACTED.includes(value)) return new Set();
  return new Set([value, inUrl, inUrl.replaceAll('%20', '+'), JSON.stringify(value).slice(1, -1)]);
}

function withoutValues(text: string, known: readonly KnownValues[]): string {
  if (known.some((values) => values.has(text))) return REDACTED;
  let redacted = '';
  let kept = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    const length = Math.max(...known.map((values) => values.lengthAt(text, offset)));
    if (length === 0) continue;
    redacted += `${text.slice(kept, offset)}${REDACTED}`;
    kept = offset + length;
    offset = kept - 1;
  }
  return kept === 0 ? text : redacted + text.slice(kept);
}

/** Numbers in typed arrays, dates and the like hold no text. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** What stands in for a secret must not be taken for one, nor a variable that has no value yet. */
const NO_SECRET = /^(?:\[redacted\]|\{\{.*)$/;

/** A line of a message in HTTP. Lines of dots are Artillery's, which prints metrics in this form. */
const HEADER_LINE =
  /^(\s*)([\w-]*(?:authorization|cookie|api-?key|(?:auth|access|csrf|xsrf)-token)): (?!\{\{|\.{3}|\[redacted)(.+)$/gim;

function withoutPatterns(text: string): string {
  return text
    .replace(/(?<=\w:\/\/)[^/@\s"'{}]+@/g, `${REDACTED}@`)
    .replace(/([?&])([^=&#\s]+)=([^&#\s"'}]+)/g, (whole, mark: string, name: string, value: string) =>
      soundsSecret(name) && !NO_SECRET.test(value) ? `${mark}${name}=${REDACTED}` : whole,
    )
    .replace(/"([^"\\]+)"(\s*:\s*)"((?:[^"\\]|\\.)+)"/g, (whole, name: string, colon: string, value: string) =>
      soundsSecret(name) && !NO_SECRET.test(value) ? `"${name}"${colon}"${REDACTED}"` : whole,
    )
    .replace(HEADER_LINE, `$1$2: ${REDACTED}`)
    .replace(/\b(Bearer|Basic)\s+(?=\S*\d)[\w.~+/=-]{8,}/g, `$1 ${REDACTED}`)
    .replace(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, REDACTED);
}

function mapTexts(value: unknown, text: (text: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, text));
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, mapTexts(field, text)]));
}
