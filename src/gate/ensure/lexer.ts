import { ExpressionError } from './expression-error.ts';

/** One word of an expression. `start` and `end` are offsets into its text. */
export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly start: number; readonly end: number }
  | { readonly kind: 'name'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: 'word'; readonly word: Word; readonly start: number; readonly end: number }
  | { readonly kind: 'end'; readonly start: number; readonly end: number };

/** Operators, punctuation and key words. */
export type Word = (typeof SYMBOLS)[number] | (typeof KEYWORDS)[number];

const SYMBOLS = ['==', '!=', '>=', '<=', '<', '>', '+', '-', '*', '/', '%', '^', '(', ')', ',', '?', ':'] as const;
const KEYWORDS = ['and', 'or', 'not', 'in'] as const;

/** The figures of a histogram that a rule can name after a dot. */
export const AGGREGATES = ['min', 'max', 'mean', 'median', 'count', 'p50', 'p75', 'p90', 'p95', 'p99', 'p999'] as const;

const NUMBER = /\d+(?:\.\d+)?(?![\w.])/y;
const PLAIN_NAME = /[A-Za-z$_][\w.$]*/y;
const QUOTED_NAME = /'((?:\\'|\\\\|[^'\\])*)'/y;

/** Families whose names end in what a person typed: request names, journey names, error texts. */
const FREE_TEXT_FAMILY = /(?:plugins\.|vusers\.created_by_name\.|errors\.)/y;
/** Such a name, when it is not among the known ones, goes on to the next operator. */
const FREE_TEXT_NAME = /[^<>=!()?,]+?(?=\s*(?:[<>=!()?,]|$|\s(?:and|or|not|in|[-+*/%^])\s))/y;

/**
 * Cuts an expression into words. Metric names contain dots, dashes, slashes and spaces (`…response_time.Sign in.p95`), so
 * the longest known name wins wherever it fits whole. Artillery's own evaluation replaces names as substrings, in the
 * order of their first occurrence, so that `x.p99` corrupts `x.p999` (artilleryio/artillery#3585).
 *
 * @param known metric names without aggregate; what is not among them can be quoted with '…'.
 * @throws ExpressionError at the first character that begins no word.
 */
export function tokenise(text: string, known: readonly string[]): Token[] {
  const longestFirst = known.toSorted((a, b) => b.length - a.length);
  const tokens: Token[] = [];
  let offset = skipSpace(text, 0);
  while (offset < text.length) {
    const token = tokenAt(text, offset, longestFirst);
    tokens.push(token);
    offset = skipSpace(text, token.end);
  }
  return [...tokens, { kind: 'end', start: text.length, end: text.length }];
}

function tokenAt(text: string, start: number, known: readonly string[]): Token {
  const name = knownNameAt(text, start, known) ?? quotedNameAt(text, start);
  if (name !== undefined) return { kind: 'name', start, ...name };
  const number = matchAt(NUMBER, text, start);
  if (number !== undefined) return { kind: 'number', value: Number(number), start, end: start + number.length };
  const word = wordAt(text, start);
  if (word !== undefined) return { kind: 'word', word, start, end: start + word.length };
  const unknown = unknownNameAt(text, start);
  if (unknown !== undefined) return { kind: 'name', name: unknown, start, end: start + unknown.length };
  throw new ExpressionError(`${JSON.stringify(text[start])} cannot stand here`, start);
}

function knownNameAt(text: string, start: number, known: readonly string[]): { name: string; end: number } | undefined {
  for (const base of known) {
    if (!text.startsWith(base, start)) continue;
    const aggregate = AGGREGATES.find((candidate) => endsAt(text, start, `${base}.${candidate}`));
    const name = aggregate === undefined ? base : `${base}.${aggregate}`;
    if (endsAt(text, start, name)) return { name, end: start + name.length };
  }
  return undefined;
}

/** Whether the text at `start` is this name and nothing that goes on with it. */
function endsAt(text: string, start: number, name: string): boolean {
  return text.startsWith(name, start) && !/[\w.$]/.test(text[start + name.length] ?? '');
}

function quotedNameAt(text: string, start: number): { name: string; end: number } | undefined {
  QUOTED_NAME.lastIndex = start;
  const match = QUOTED_NAME.exec(text);
  if (match === null) return undefined;
  return { name: (match[1] ?? '').replace(/\\(['\\])/g, '$1'), end: QUOTED_NAME.lastIndex };
}

function wordAt(text: string, start: number): Word | undefined {
  const keyword = KEYWORDS.find((word) => endsAt(text, start, word));
  return keyword ?? SYMBOLS.find((symbol) => text.startsWith(symbol, start));
}

function unknownNameAt(text: string, start: number): string | undefined {
  if (matchAt(FREE_TEXT_FAMILY, text, start) !== undefined) return matchAt(FREE_TEXT_NAME, text, start)?.trimEnd();
  return matchAt(PLAIN_NAME, text, start);
}

function matchAt(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

function skipSpace(text: string, offset: number): number {
  let end = offset;
  while (/\s/.test(text[end] ?? '')) end += 1;
  return end;
}
