import { styleText } from 'node:util';
import { isCapable } from './terminal.ts';

/** The few ways in which text in a terminal is set apart. Colour never carries a meaning alone. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

/** Text as it is: for pipes, files and NO_COLOR. */
export const PLAIN: Style = { bold: same, dim: same, good: same, bad: same, warn: same };

const COLOURED: Style = {
  bold: (text) => paint('bold', text),
  dim: (text) => paint('dim', text),
  good: (text) => paint('green', text),
  bad: (text) => paint('red', text),
  warn: (text) => paint('yellow', text),
};

/** Colours on a terminal, unless it is a dumb one or NO_COLOR is set to anything (https://no-color.org). */
export function styleFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  return isCapable(stream, env) && (env.NO_COLOR ?? '') === '' ? COLOURED : PLAIN;
}

function paint(format: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string): string {
  return styleText(format, text, { validateStream: false });
}

function same(text: string): string {
  return text;
}
