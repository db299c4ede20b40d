import { plainText } from '../plain-text.ts';
import type { Column } from '../text-table.ts';
import { cutMiddle } from '../text-width.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** Names are cut to so many columns. */
const MOST_COLUMNS = 120;

/**
 * Text of others in GitHub's Markdown: shown as it is, on one line, also in a table. It makes no link, mentions nobody and
 * closes no issue.
 */
export function markdownText(text: string): string {
  return escapeMarkdown(cutMiddle(plainText(text), MOST_COLUMNS * 8));
}

/** A name of others in Markdown, set as code, cut in its middle when it is very long. */
export function markdownCode(text: string): string {
  return `<code>${escapeMarkdown(cutMiddle(plainText(text), MOST_COLUMNS))}</code>`;
}

/** A row of a table; cells are Markdown. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The head of a table. */
export function markdownHead(columns: readonly Column[]): string[] {
  const marks = columns.map(({ align }) => (align === 'left' ? ':---' : '---:'));
  return [markdownRow(columns.map(({ title }) => title)), markdownRow(marks)];
}
