import stringWidth from 'string-width';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns of a terminal a text takes: two for Chinese characters and emoji, none for escape sequences. */
export function widthOf(text: string): number {
  return PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text);
}

/** Text without escape sequences, cut at its end to at most `width` columns. */
export function cutEnd(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return width < 1 ? '' : `${firstColumns(segmentsOf(text), width - 1)}…`;
}

/** Text without escape sequences, cut in its middle to at most `width` columns: both ends of a name say most. */
export function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 1) return '';
  const segments = segmentsOf(text);
  const head = firstColumns(segments, Math.ceil((width - 1) / 2));
  const tail = firstColumns(segments.toReversed(), width - 1 - widthOf(head), (taken) => taken.toReversed());
  return `${head}…${tail}`;
}

/** Text filled up with spaces to `width` columns. */
export function padTo(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? `${text}${spaces}` : `${spaces}${text}`;
}

/** Breaks text between words into lines of at most `width` columns; a longer word is broken too. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  const parts: string[] = [];
  let rest = segmentsOf(word);
  while (widthOf(rest.join('')) > width) {
    const part = firstColumns(rest, width) || (rest[0] ?? '');
    parts.push(part);
    rest = segmentsOf(rest.join('').slice(part.length));
  }
  return [...parts, rest.join('')];
}

function segmentsOf(text: string): string[] {
  return PRINTABLE_ASCII.test(text) ? text.split('') : [...graphemes.segment(text)].map(({ segment }) => segment);
}

function firstColumns(
  segments: readonly string[],
  width: number,
  order: (taken: string[]) => string[] = (taken) => taken,
): string {
  let columns = 0;
  const taken: string[] = [];
  for (const segment of segments) {
    columns += widthOf(segment);
    if (columns > width) break;
    taken.push(segment);
  }
  return order(taken).join('');
}
