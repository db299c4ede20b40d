import { stripVTControlCharacters } from 'node:util';

/** What no line of text may hold: controls, breaks of lines, halves of characters and characters that are none. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\uFFFE\uFFFF]+/gu;

/** Characters without a picture that turn the direction of text around or hide something; the joiner of emoji may stay. */
const INVISIBLE = /(?!\u200D)\p{Cf}/gu;

/** No name says more in so many characters. */
const MOST_CHARACTERS = 2_000;

/**
 * Text of others (names of endpoints and journeys, errors, what a server said) as one harmless line: no escape sequences, which
 * could colour, hide or overwrite what stands around it, no breaks, nothing invisible. Very long texts are cut.
 *
 * @example plainText('Sign\u001b[31m in\n') // 'Sign in'
 */
export function plainText(text: string): string {
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return stripVTControlCharacters(short.toWellFormed()).replace(INVISIBLE, '').replace(UNPRINTABLE, ' ').trim();
}

/** The same for text of several lines, which stay lines. */
export function plainLines(text: string): string {
  return text.split('\n').map(plainText).join('\n');
}
