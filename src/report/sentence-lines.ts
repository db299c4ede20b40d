import { plainText } from './plain-text.ts';
import type { Style } from './style.ts';
import { wrapWords } from './text-width.ts';

/** How lines of text are set. */
export interface LineOptions {
  readonly style: Style;
  /** Columns per line, at least 60. */
  readonly width: number;
  /** Whether sentences are broken into lines of that width, as a person wants them; what searches a log wants them whole. */
  readonly wraps?: boolean;
}

/**
 * A sentence as one line, or as several of the width. Control characters in it are left out.
 *
 * @param first what the first line begins with. @param rest what the others begin with.
 */
export function sentenceLines(
  text: string,
  [first, rest]: readonly [first: string, rest: string],
  { width, wraps = false }: LineOptions,
): string[] {
  const plain = plainText(text);
  const lines = wraps ? wrapWords(plain, width - Math.max(first.length, rest.length)) : [plain];
  return lines.map((line, index) => `${index === 0 ? first : rest}${line}`);
}
