import { widthOf } from 'proving-ground/report/text-width.ts';

interface Row {
  text: string;
  /** The row goes on in the next one, because the terminal was too narrow. */
  isWrapped: boolean;
}

const ESCAPE = '\\u001b';
const TOKEN = new RegExp(`${ESCAPE}\\[(?<parameters>[?\\d;]*)(?<command>[A-Za-z])|[\\r\\n]|[^${ESCAPE}\\r\\n]`, 'gu');

/**
 * A terminal for tests: what is written to it, and what would be seen. It wraps long lines, breaks them anew when it is made
 * narrower, and knows the few commands that are used here; any other one is an error.
 */
export class Screen {
  readonly isTTY = true;
  columns: number;
  isCursorShown = true;
  #rows: Row[] = [{ text: '', isWrapped: false }];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  /** Everything that was not erased, from the first line on, without the empty ones at the end. */
  get lines(): string[] {
    const logical = this.#logicalLines().map((line) => line.trimEnd());
    return logical.slice(0, logical.findLastIndex((line) => line !== '') + 1);
  }

  write(chunk: string | Uint8Array): boolean {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    for (const match of text.matchAll(TOKEN)) {
      const { parameters = '', command } = match.groups ?? {};
      if (command !== undefined) this.#obey(command, parameters);
      else if (match[0] === '\n') this.#toNextRow(false);
      else if (match[0] === '\r') this.#column = 0;
      else this.#put(match[0]);
    }
    return true;
  }

  /** As terminals do: the text stays, in lines of the new width, and the cursor with it. */
  resize(columns: number): void {
    const before = this.#rows.slice(0, this.#row).filter(({ isWrapped }) => !isWrapped).length;
    const lines = this.#logicalLines();
    this.columns = columns;
    this.#rows = lines.flatMap((line) => {
      const parts = line.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? [''];
      return parts.map((text, index) => ({ text, isWrapped: index < parts.length - 1 }));
    });
    let [row, passed] = [0, 0];
    for (; passed < before; row += 1) if (this.#rows[row]?.isWrapped === false) passed += 1;
    this.#row = row;
  }

  #logicalLines(): string[] {
    const lines: string[] = [];
    let line = '';
    for (const { text, isWrapped } of this.#rows) {
      line += text;
      if (isWrapped) continue;
      lines.push(line);
      line = '';
    }
    return lines;
  }

  #put(character: string): void {
    if (this.#column + widthOf(character) > this.columns) this.#toNextRow(true);
    const row = this.#current();
    row.text = row.text.padEnd(this.#column).slice(0, this.#column) + character + row.text.slice(this.#column + 1);
    this.#column += widthOf(character);
  }

  #toNextRow(isWrapped: boolean): void {
    this.#current().isWrapped = isWrapped;
    this.#row += 1;
    this.#column = 0;
    this.#current();
  }

  #current(): Row {
    const row = this.#rows[this.#row] ?? { text: '', isWrapped: false };
    this.#rows[this.#row] = row;
    return row;
  }

  #obey(command: string, parameters: string): void {
    if (command === 'm' || parameters === '?2026') return;
    if (parameters === '?25') this.isCursorShown = command === 'h';
    else if (command === 'A') this.#row = Math.max(0, this.#row - Number(parameters || 1));
    else if (command === 'G') this.#column = Number(parameters || 1) - 1;
    else if (command === 'J') {
      this.#rows.length = this.#row + 1;
      this.#eraseLine(this.#column);
    } else if (command === 'K') this.#eraseLine(parameters === '2' ? 0 : this.#column);
    else throw new Error(`the screen does not know ESC [ ${parameters}${command}`);
  }

  #eraseLine(from: number): void {
    const row = this.#current();
    row.text = row.text.slice(0, from);
    row.isWrapped = false;
  }
}
