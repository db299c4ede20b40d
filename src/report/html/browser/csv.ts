import { announce } from './status.ts';
import type { TableColumn, TableRow } from './table-content.ts';

/** A table for a spreadsheet (RFC 4180), with the units in the first line. */
export function csvOf(columns: readonly TableColumn[], rows: readonly TableRow[]): string {
  const kept = columns.flatMap(({ isDrawing }, index) => (isDrawing === true ? [] : [index]));
  const titles = kept.map((index) => {
    const { title = '', group, unit } = columns[index] ?? {};
    return [group, title, unit].filter((part) => part !== undefined).join(' ');
  });
  const lines = rows.map(({ cells }) => kept.map((index) => cells[index]?.value ?? ''));
  return [titles, ...lines].map((line) => line.map(field).join(',')).join('\r\n');
}

/** A spreadsheet runs a cell that starts like a formula, and names can carry what a server answered. */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Puts a text into the clipboard, and says so on the button that was pressed. */
export async function copyText(text: string, button: HTMLButtonElement): Promise<void> {
  const label = button.textContent ?? '';
  const words = (await isCopied(text)) ? 'Copied' : 'Not copied';
  button.textContent = words;
  announce(words);
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

/** From file:// a browser may refuse the modern way; the old one works in all of them. */
async function isCopied(text: string): Promise<boolean> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  try {
    if (clipboard === undefined) return copyBySelection(text);
    await clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  return isDone;
}
