import type { StoredComparison } from '../../gate/regression/index.ts';
import { plainText } from '../plain-text.ts';
import { textTable } from '../text-table.ts';
import { cellsOf, STORED_COLUMNS, storedLines, storedNotes } from './stored-lines.ts';

/** The table of changes, what is doubtful about it, and what it is worth, for a terminal. */
export function storedText(comparison: StoredComparison, width: number): string {
  const table = textTable(STORED_COLUMNS, storedLines(comparison.rows).map(cellsOf), width);
  return [...table, '', ...storedNotes(comparison).map(plainText)].join('\n');
}
