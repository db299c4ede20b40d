import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { widthOf } from 'proving-ground/report/text-width.ts';

/** A stream to a terminal, as far as it is used here. */
export interface TerminalStream {
  write(chunk: string | Uint8Array, ...rest: unknown[]): boolean;
  readonly columns?: number;
}

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const ERASE_BELOW = '\u001b[0J';
/** Terminals that know it show what is between in one go; others ignore it. */
const [BEGIN_FRAME, END_FRAME] = ['\u001b[?2026h', '\u001b[?2026l'];

/**
 * Keeps a block of lines at the bottom of a terminal. Whatever else is printed on the streams appears above it, line by line: an
 * unfinished line is held back until its end, or until the block is closed.
 */
export class BlockWriter {
  readonly #out: TerminalStream;
  readonly #writes = new Map<TerminalStream, TerminalStream['write']>();
  readonly #unfinished = new Map<TerminalStream, string>();
  #shown: readonly string[] = [];
  #isOpen = true;

  /** @param out where the block is drawn. @param others streams that end on the same terminal. */
  constructor(out: TerminalStream, others: readonly TerminalStream[] = []) {
    this.#out = out;
    for (const stream of [out, ...others]) this.#takeOver(stream);
  }

  /** Replaces the block. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return;
    const erased = this.#erasing();
    this.#shown = lines;
    this.#print(this.#out, `${BEGIN_FRAME}${HIDE_CURSOR}${erased}${this.#blockText()}${END_FRAME}`);
  }

  /** Takes the block away, prints what was held back, and leaves the streams and the cursor as they were. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#print(this.#out, `${this.#erasing()}${SHOW_CURSOR}`);
    for (const [stream, write] of this.#writes) {
      const rest = this.#unfinished.get(stream) ?? '';
      if (rest !== '') write(rest);
      stream.write = write;
    }
  }

  #takeOver(stream: TerminalStream): void {
    const decoder = new StringDecoder('utf8');
    this.#writes.set(stream, stream.write.bind(stream));
    stream.write = (chunk, ...rest) => {
      this.#passAbove(stream, typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk)));
      const done = rest.find((each): each is () => void => typeof each === 'function');
      if (done !== undefined) process.nextTick(done);
      return true;
    };
  }

  #passAbove(stream: TerminalStream, text: string): void {
    const held = this.#unfinished.get(stream) ?? '';
    // Commands to the terminal alone, such as those of a spinner that is stopped, belong to no line.
    if (held === '' && !text.includes('\n') && stripVTControlCharacters(text) === '') {
      this.#print(stream, text);
      return;
    }
    const whole = held + text;
    const end = whole.lastIndexOf('\n') + 1;
    this.#unfinished.set(stream, whole.slice(end));
    if (end === 0) return;
    this.#print(this.#out, this.#erasing());
    this.#print(stream, whole.slice(0, end));
    this.#print(this.#out, this.#blockText());
  }

  /** Back to where the block begins. A terminal that became narrower has broken its lines by now. */
  #erasing(): string {
    const columns = this.#out.columns || Number.POSITIVE_INFINITY;
    const rows = this.#shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
    return `\r${rows === 0 ? '' : `\u001b[${rows}A`}${ERASE_BELOW}`;
  }

  #blockText(): string {
    return this.#shown.map((line) => `${line}\n`).join('');
  }

  #print(stream: TerminalStream, text: string): void {
    if (text !== '') this.#writes.get(stream)?.(text);
  }
}
