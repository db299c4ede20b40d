import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Replaces what stands between `<!-- generated: name -->` and `<!-- end: name -->` in a page, so that figures come from a run
 * and never from a keyboard.
 *
 * @throws Error when the page has no such section.
 */
export function writeSection(file: string, name: string, content: string): void {
  const [opening, closing] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const page = readFileSync(file, 'utf8');
  const [from, to] = [page.indexOf(opening), page.indexOf(closing)];
  if (from < 0 || to < from) throw new Error(`${file} has no section "${opening}" … "${closing}"`);
  writeFileSync(file, `${page.slice(0, from + opening.length)}\n\n${content.trim()}\n\n${page.slice(to)}`);
}

/** A table of Markdown; the first column to the left, all others to the right. */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = titles.map((_, index) => (index === 0 ? '---' : '---:'));
  return [titles, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
