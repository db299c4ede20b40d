import { isEntry } from '../plan/entry.ts';
import { callIn, variablesIn } from '../plan/template.ts';
import type { Cursor } from './cursor.ts';
import type { Span } from './source-file.ts';

/** Something in double braces. */
export interface TemplateUse {
  readonly kind: 'variable' | 'function' | 'unreadable';
  /** The name of the variable without what follows a dot or a bracket, or of the function. */
  readonly name: string;
  /** All that stands in the braces. */
  readonly expression: string;
  /** The text that it stands in. */
  readonly cursor: Cursor;
  /** Where the braces stand. */
  readonly span: Span;
}

const BRACES = /\{\{\{?[\s\S]*?\}\}\}?/g;

/** Every use of a template in a value and all that it holds, keys of maps included. */
export function templateUses(cursor: Cursor): TemplateUse[] {
  if (typeof cursor.value === 'string') return usesIn(cursor.value, cursor, cursor.span);
  if (Array.isArray(cursor.value)) return cursor.items().flatMap(templateUses);
  if (!isEntry(cursor.value)) return [];
  return cursor.keys().flatMap((key) => {
    const below = cursor.at(key);
    return [...usesIn(key, below, below.keySpan), ...templateUses(below)];
  });
}

function usesIn(text: string, cursor: Cursor, around: Span): TemplateUse[] {
  if (!text.includes('{{')) return [];
  return (text.match(BRACES) ?? []).map((braces) => {
    const expression = braces.replace(/^\{+|\}+$/g, '').trim();
    return { ...readBraces(braces), expression, cursor, span: spanOf(braces, cursor, around) };
  });
}

function readBraces(braces: string): Pick<TemplateUse, 'kind' | 'name'> {
  const call = callIn(braces);
  if (call !== undefined) return { kind: 'function', name: call.name };
  const [variable] = variablesIn(braces);
  if (variable?.text !== braces) return { kind: 'unreadable', name: '' };
  const [name = ''] = variable.name.split(/[.[]/);
  return { kind: 'variable', name: name.trim() };
}

/** Looks for the braces from the beginning of the text on; a text may go over several lines. */
function spanOf(braces: string, { source }: Cursor, around: Span): Span {
  const { file, line, column } = around.position;
  const [first = ''] = braces.split('\n');
  for (let row = line; row <= Math.min(source.lines.length, line + LONGEST_TEXT_LINES); row += 1) {
    const found = (source.lines[row - 1] ?? '').indexOf(first, row === line ? column - 1 : 0);
    if (found >= 0) return { position: { file, line: row, column: found + 1 }, endColumn: found + 1 + first.length };
  }
  return around;
}

const LONGEST_TEXT_LINES = 200;
