import type { StoredComparison } from '../../gate/regression/index.ts';
import { markdownCode, markdownHead, markdownRow, markdownText } from '../machine/index.ts';
import { STORED_COLUMNS, type StoredLine, storedLines, storedNotes } from './stored-lines.ts';

/** What stands in the heading. */
export interface ComparedNames {
  readonly before: string;
  readonly after: string;
}

/** The same as the text, for a pull request or the summary of a job: what changed clearly first, the rest folded away. */
export function storedMarkdown(comparison: StoredComparison, { before, after }: ComparedNames): string {
  const lines = storedLines(comparison.rows);
  const clear = lines.filter((line) => line.clear !== '-');
  return [
    `### ${markdownCode(after)} beside ${markdownCode(before)}`,
    '',
    ...(clear.length === 0 ? ['No clear change.'] : tableOf(clear)),
    '',
    `<details><summary>All ${lines.length} figures</summary>`,
    '',
    ...tableOf(lines),
    '',
    '</details>',
    '',
    ...storedNotes(comparison).map((note) => `- ${markdownText(note)}`),
    '',
  ].join('\n');
}

function tableOf(lines: readonly StoredLine[]): string[] {
  const rows = lines.map(({ target, metric, before, after, change, interval, clear }) =>
    markdownRow([markdownCode(target), metric, before, after, change, interval, clear]),
  );
  return [...markdownHead(STORED_COLUMNS), ...rows];
}
