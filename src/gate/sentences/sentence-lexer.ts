import { ExpressionError } from '../ensure/expression-error.ts';

/** One word of a sentence. `start` is its offset in the text. */
export type SentenceToken =
  | { readonly kind: 'word'; readonly text: string; readonly start: number }
  | { readonly kind: 'name'; readonly text: string; readonly start: number }
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly start: number }
  | { readonly kind: 'operator'; readonly text: string; readonly start: number }
  | { readonly kind: 'end'; readonly text: ''; readonly start: number };

const PATTERNS = [
  { kind: 'space', pattern: /\s+/y },
  { kind: 'name', pattern: /"(?:[^"\\]|\\.)*"/y },
  { kind: 'operator', pattern: /[<>]=?/y },
  { kind: 'number', pattern: /\d+(?:\.\d+)?/y },
  // A unit may follow its number without a space: 300ms, 5%, 2/s.
  { kind: 'word', pattern: /%|\/s\b|[\p{L}_$][\p{L}\p{N}_$.-]*(?<![.-])/uy },
] as const;

/**
 * Cuts a sentence into words.
 *
 * @throws ExpressionError at the first character that begins no word.
 */
export function tokeniseSentence(text: string): SentenceToken[] {
  const tokens: SentenceToken[] = [];
  let start = 0;
  while (start < text.length) {
    const found = matchAt(text, start);
    if (found === undefined) throw new ExpressionError(unreadable(text, start), start);
    if (found.kind !== 'space') tokens.push(tokenOf(found.kind, found.text, start));
    start += found.text.length;
  }
  return [...tokens, { kind: 'end', text: '', start: text.length }];
}

function matchAt(text: string, start: number): { kind: (typeof PATTERNS)[number]['kind']; text: string } | undefined {
  for (const { kind, pattern } of PATTERNS) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match !== null) return { kind, text: match[0] };
  }
  return undefined;
}

function tokenOf(kind: 'name' | 'operator' | 'number' | 'word', text: string, start: number): SentenceToken {
  if (kind === 'number') return { kind, text, value: Number(text), start };
  if (kind === 'name') return { kind, text: text.slice(1, -1).replace(/\\(.)/g, '$1'), start };
  return { kind, text, start };
}

function unreadable(text: string, start: number): string {
  const character = JSON.stringify(text[start]);
  if (text[start] === '"') return 'this quotation mark is never closed';
  if (text[start] === '=') return '"=" is no comparison; use <, <=, > or >=';
  return `${character} cannot stand here`;
}
